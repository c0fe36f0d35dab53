package io.tripline.rules.flood.connection;

import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.FloodLook;
import io.tripline.rules.flood.FloodLook.Rate;
import io.tripline.rules.flood.FloodRule;
import io.tripline.rules.flood.FloodSettings;
import io.tripline.rules.flood.FloodWindow;
import io.tripline.rules.flood.Inflow;
import io.tripline.rules.sketch.SourceSample;
import io.tripline.rules.sketch.SourceSample.Source;
import io.tripline.schemas.IpProtocol;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Rule {@code connection-flood}: a few sources open complete TCP connections to a target far faster than clients do.
 *
 * <p>Method: handshakes completed a second, and how they are shared out. A busy server has many clients with a few connections each, a flood
 * has sources with many. A completed handshake proves the source address. Connections spread over many ports, each a few times, are a scan or a
 * file transfer.
 *
 * <p>A proxy or load balancer without persistent connections does the same for honest reasons and nothing on the wire tells it apart, but its
 * target's own median does after a minute. So it never gets to severity high.
 *
 * <p>Evasions: many sources with few connections each; one connection with many requests (HTTP/2); slow requests over few connections.
 * ATT&amp;CK T1499.002.
 */
public final class ConnectionFlood extends FloodRule {
    public static final String RULE = "connection-flood";

    /** Connections of a scan or of a file transfer to each port. */
    private static final int PER_PORT = 4;

    private static final int MAJORITY_PERCENT = 50;

    /**
     * When connections are a flood.
     *
     * @param window how long the rate is measured, whole seconds; less time is enough where the connections suffice
     * @param rate connections a second on average
     * @param timesBaseline and so many times the target's own median
     * @param perSource sources with more connections than this within a window make up most of it
     * @param persistentWindow how long a slower flood is measured
     * @param persistentRate connections a second over that time
     */
    public record Settings(
            Duration window,
            long rate,
            int timesBaseline,
            long perSource,
            Duration persistentWindow,
            long persistentRate)
            implements FloodSettings {
        public static final Settings DEFAULT =
                new Settings(Duration.ofSeconds(3), 300, 10, 20, Duration.ofSeconds(10), 150);

        public Settings {
            FloodSettings.check(window, rate, timesBaseline, persistentWindow, persistentRate)
                    .between("perSource", perSource, 1, 1_000_000_000)
                    .end();
        }
    }

    private static final Rate CONNECTIONS =
            new Rate(ConnectionFloodTestId.CONNECTIONS, ConnectionFloodTestId.CONNECTIONS_USUAL, Kind.CONNECTION);

    private final Settings settings;

    public ConnectionFlood(Settings settings) {
        super(RULE, settings);
        this.settings = settings;
    }

    @Override
    public long suspicious(Inflow inflow) {
        return inflow.packets(Kind.CONNECTION);
    }

    @Override
    public @Nullable Crossing judge(FloodLook look) {
        if (flooded(look, pace().window(), pace().rate())) {
            return look.crossing(Sign.FULL, Kind.CONNECTION, pace().window());
        }
        return flooded(look.afresh(), pace().persistent(), pace().persistentRate())
                ? look.crossing(Sign.PERSISTENT, Kind.CONNECTION, pace().persistent())
                : null;
    }

    private boolean flooded(FloodLook look, int seconds, long rate) {
        FloodWindow recent = look.last(seconds);
        long connections = recent.packets(Kind.CONNECTION);
        return look.fasterThan(CONNECTIONS, connections, seconds, rate, pace().timesBaseline())
                && look.above(
                        ConnectionFloodTestId.PER_PORT,
                        connections / Math.max(1, recent.services(IpProtocol.TCP)),
                        PER_PORT)
                && look.above(
                        ConnectionFloodTestId.BUSY_SOURCES,
                        settings.perSource(),
                        byBusySources(recent.sources(Kind.CONNECTION)),
                        MAJORITY_PERCENT);
    }

    /** Share of the connections that busy sources made, among sources kept, percent. */
    private long byBusySources(SourceSample sources) {
        long all = 0;
        long busy = 0;
        for (Source source : sources.busiest()) {
            all += source.packets();
            busy += source.packets() > settings.perSource() ? source.packets() : 0;
        }
        return all == 0 ? 0 : busy * 100 / all;
    }
}
