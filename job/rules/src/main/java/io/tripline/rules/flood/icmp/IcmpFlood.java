package io.tripline.rules.flood.icmp;

import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.FloodLook;
import io.tripline.rules.flood.FloodLook.Rate;
import io.tripline.rules.flood.FloodRule;
import io.tripline.rules.flood.FloodSettings;
import io.tripline.rules.flood.Inflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Rule {@code icmp-flood}: ICMP or ICMPv6 queries, or echo replies that nobody asked for, come to a target far faster than anybody pings.
 *
 * <p>Method: their rate against a floor and the target's own median. Nothing asks a host a hundred times a second for long but a flood,
 * {@code ping -f} and a tunnel; monitoring sends a few a second to each host. Whether they are answered says nothing: a host that still
 * answers is flooded twice. Errors are left out: they come to who was named as the source of others' packets.
 *
 * <p>Evasions: fewer than the persistent rate; a slow rise over ten minutes. ATT&amp;CK T1498.001.
 */
public final class IcmpFlood extends FloodRule {
    public static final String RULE = "icmp-flood";

    /**
     * When ICMP is a flood.
     *
     * @param window how long the rate is measured, whole seconds; less time is enough where the packets suffice
     * @param rate packets a second on average
     * @param timesBaseline and so many times the target's own median
     * @param persistentWindow how long a slower flood is measured
     * @param persistentRate packets a second over that time
     */
    public record Settings(
            Duration window, long rate, int timesBaseline, Duration persistentWindow, long persistentRate)
            implements FloodSettings {
        public static final Settings DEFAULT =
                new Settings(Duration.ofSeconds(3), 1_000, 10, Duration.ofSeconds(10), 200);

        public Settings {
            FloodSettings.check(window, rate, timesBaseline, persistentWindow, persistentRate)
                    .end();
        }
    }

    private static final Rate PACKETS = new Rate(IcmpFloodTestId.PACKETS, IcmpFloodTestId.PACKETS_USUAL, Kind.ICMP);

    public IcmpFlood(Settings settings) {
        super(RULE, settings);
    }

    @Override
    public long suspicious(Inflow inflow) {
        return inflow.packets(Kind.ICMP);
    }

    @Override
    public @Nullable Crossing judge(FloodLook look) {
        if (fast(look, pace().window(), pace().rate())) {
            return look.crossing(Sign.FULL, Kind.ICMP, pace().window());
        }
        return fast(look.afresh(), pace().persistent(), pace().persistentRate())
                ? look.crossing(Sign.PERSISTENT, Kind.ICMP, pace().persistent())
                : null;
    }

    private boolean fast(FloodLook look, int seconds, long rate) {
        long packets = look.last(seconds).packets(Kind.ICMP);
        return look.fasterThan(PACKETS, packets, seconds, rate, pace().timesBaseline());
    }
}
