package io.tripline.rules.flood;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.flood.FloodRule.Crossing;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rules about targets that are overwhelmed: {@link SynFlood}, {@link UdpFlood}, {@link IcmpFlood}, {@link ConnectionFlood}.
 *
 * <p>Method: what came to a target in the latest seconds against a floor and against the target's own median of the last ten minutes, which the
 * burst itself does not move ({@link RateHistory}). Sums over a few seconds rather than a threshold for each second: a flood of a quarter of a
 * second is found like one that lasts. With less than a minute of history the floor alone decides, and the finding says so. While a flood goes
 * on, the target learns nothing from it.
 *
 * <p>Cost: a few additions for each target's second; windows are put together only where packets suffice for a flood. Memory: nothing for a
 * target that never has {@link FloodState#BUSY} packets in a second; otherwise about 2 KiB, under a flood at most 350 KiB, both gone ten minutes
 * after the target was last busy.
 */
public final class Floods implements SubjectDetector<Address, Inflow, FloodState> {
    /** Of the operator that hosts these rules. */
    public static final String UID = "target-rules";

    private final List<FloodRule> rules;
    private final List<Decision> decisions;
    private final int window;

    public Floods(
            SynFlood.Settings syn,
            UdpFlood.Settings udp,
            IcmpFlood.Settings icmp,
            ConnectionFlood.Settings connection) {
        this(syn, udp, icmp, connection, DecisionTrace.NONE);
    }

    /** Rules that tell every test they make. */
    public Floods(
            SynFlood.Settings syn,
            UdpFlood.Settings udp,
            IcmpFlood.Settings icmp,
            ConnectionFlood.Settings connection,
            DecisionTrace trace) {
        this.rules =
                List.of(new SynFlood(syn), new UdpFlood(udp), new IcmpFlood(icmp), new ConnectionFlood(connection));
        this.window = rules.stream().mapToInt(FloodRule::longestWindow).max().orElseThrow();
        this.decisions =
                rules.stream().map(rule -> new Decision(rule.id(), trace)).toList();
    }

    /** With default settings. */
    public static Floods defaults() {
        return new Floods(
                SynFlood.Settings.DEFAULT,
                UdpFlood.Settings.DEFAULT,
                IcmpFlood.Settings.DEFAULT,
                ConnectionFlood.Settings.DEFAULT);
    }

    @Override
    public FloodState newState() {
        return new FloodState();
    }

    @Override
    public void complete(
            long second, Address target, @Nullable Inflow part, FloodState state, Consumer<Finding> findings) {
        state.add(second, part, window);
        if (state.isIdle()) {
            return;
        }
        if (part != null) {
            for (int i = 0; i < rules.size(); i++) {
                judge(rules.get(i), decisions.get(i), second, target, part, state);
            }
            state.learn(second, part);
        }
        state.incidents().removeIf(incident -> {
            Stage stage = incident.episode().due(second);
            if (stage != null) {
                findings.accept(incident.finding(stage, target, second));
            }
            return stage == Stage.CLOSED;
        });
    }

    private static void judge(
            FloodRule rule, Decision decision, long second, Address target, Inflow part, FloodState state) {
        FloodIncident incident = state.incident(rule.id());
        if (incident != null && rule.suspicious(part) >= rule.goesOnFrom()) {
            incident.add(part);
        }
        if ((incident != null && incident.sign() == FloodRule.Sign.FULL)
                || !(decision.isTraced() || worthALook(rule, second, state))) {
            return;
        }
        Crossing crossing = rule.judge(new FloodLook(decision, target, second, state));
        if (crossing == null) {
            return;
        }
        if (incident != null) {
            incident.sharpen(crossing);
            return;
        }
        FloodIncident opened = new FloodIncident(
                rule.id(),
                crossing,
                second,
                state.usual(crossing.kind(), second),
                state.usualSeconds(crossing.kind(), second));
        for (Inflow inflow : state.recent()) {
            if (inflow.second() > second - crossing.seconds() && rule.suspicious(inflow) > 0) {
                opened.add(inflow);
            }
        }
        state.incidents().add(opened);
    }

    /** Whether there are enough packets for any test to be passed. */
    private static boolean worthALook(FloodRule rule, long second, FloodState state) {
        long sum = 0;
        for (Inflow inflow : state.recent()) {
            if (inflow.second() > second - rule.longestWindow()) {
                sum += rule.suspicious(inflow);
            }
        }
        return sum > rule.least();
    }

    @Override
    public long wakeUp(FloodState state) {
        return state.wakeUp(window);
    }

    @Override
    public boolean isIdle(FloodState state) {
        return state.isIdle();
    }

    @Override
    public void write(FloodState state, DataOutput out) throws IOException {
        state.write(out);
    }

    @Override
    public FloodState read(DataInput in) throws IOException {
        return FloodState.read(in);
    }
}
