package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Several sources share the scan of one target, so that each stays small; or one source hides among false ones (ATT&amp;CK T1595.001, T1046).
 *
 * <p>Method. Keyed by target: the services that sources tried in vain there within five minutes. Sources belong together when none tried more than
 * eight times as much as another; so a big scanner does not drag passers-by in. It is a distributed scan when three or more of them
 * <ul>
 *   <li>tried more than 50 distinct services (100 at a tap that shows no answers) with little overlap: no more than half again as many pairs of source
 *       and service as services; sources with fewer than four services each, of which a third or more have a port below 10,000, since peers of a swarm
 *       that knock at ports that are gone look the same but for the ports;
 *   <li>or tried more than 20 services within a tenth of a second of each other, and that is most of what they tried: decoys, of which nmap -D sends one
 *       after another for each port.
 * </ul>
 * A busy server whose clients are refused has few such ports, whatever the number of clients. More sources than are followed, with a port or two each,
 * are a flood and not a scan.
 *
 * <p>One incident for a target with all sources. Those that scan enough by themselves have a port-scan incident each besides.
 *
 * <p>Cost: nothing for traffic that succeeds, one look-up for each source, target and second with failures, and a pass over what is remembered of the
 * target where three or more sources failed. Memory: about 100 bytes for each source and service, at most {@link #PAIRS} of a target, for five minutes.
 *
 * <p>Cannot see: fewer than three sources, fewer than 51 services in five minutes, sources that share nothing but the target with a service each in the
 * high range, a scan of open ports only.
 *
 * <p>Sources: C. Gates, "Coordinated Scan Detection", NDSS 2009, on coverage with little overlap; G. Lyon, "Nmap Network Scanning", chapter 10, on decoys.
 */
public final class DistributedScan implements SubjectDetector<Address, TargetProbes, DistributedScan.State> {
    public static final String RULE = "distributed-scan";

    /** Of the operator that hosts this rule. */
    public static final String UID = "target-scan-rules";

    /** Services of all sources of a target. */
    private static final int PAIRS = 4_096;

    private static final int LEAST_SERVICES = 4;
    private static final int GROUPS = 8;
    private static final int ALIKE = 8;
    private static final int QUIET_SECONDS = 120;
    private static final long SECOND = 1_000_000;

    /**
     * Thresholds.
     *
     * @param sources so many sources at least
     * @param ports this many distinct services are not yet a scan
     * @param unseenPorts the same where no answers are visible
     * @param decoyPorts this many services that several sources try at the same instant are not yet decoys
     * @param window time within which services count, whole seconds
     */
    public record Settings(int sources, int ports, int unseenPorts, int decoyPorts, Duration window)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(3, 50, 100, 20, Duration.ofMinutes(5));

        public Settings {
            Thresholds.check()
                    .between("sources", sources, 2, TargetProbes.SOURCES)
                    .between("ports", ports, 1, 65_535)
                    .between("unseenPorts", unseenPorts, 1, 65_535)
                    .between("decoyPorts", decoyPorts, 1, 65_535)
                    .between("window", window, Duration.ofSeconds(1), Duration.ofHours(24))
                    .end();
        }
    }

    /** What is remembered of one target. */
    public static final class State {
        private @Nullable TargetProbes window;
        private long newest = Long.MIN_VALUE;
        private @Nullable DistributedIncident incident;
    }

    private final Settings settings;
    private final Decision decision;
    private final String window;

    public DistributedScan(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    public DistributedScan(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
        this.window = Long.toString(settings.window().toSeconds());
    }

    @Override
    public State newState() {
        return new State();
    }

    @Override
    public void complete(
            long second, Address target, @Nullable TargetProbes part, State state, Consumer<Finding> findings) {
        if (part != null) {
            if (state.incident != null) {
                state.incident.add(part);
            }
            TargetProbes window = state.window == null ? new TargetProbes(target, second) : state.window;
            window.merge(part);
            state.window = window;
            state.newest = second;
        }
        expire(second, state);
        if (part != null && state.window != null) {
            decide(second, target, state.window, state);
        }
        if (state.incident != null && !state.incident.tell(second, target, findings)) {
            state.incident = null;
        }
    }

    private void expire(long second, State state) {
        TargetProbes window = state.window;
        if (window != null) {
            long before = (second - settings.window().toSeconds() + 1) * SECOND;
            int[] pairs = {0};
            window.sources().values().removeIf(source -> {
                source.expire(before);
                pairs[0] += source.services().size();
                return source.services().isEmpty();
            });
            if (pairs[0] > PAIRS) {
                int most = Math.max(LEAST_SERVICES, PAIRS / window.sources().size());
                window.sources().values().forEach(source -> source.keep(most));
            }
            if (window.sources().isEmpty()) {
                state.window = null;
            }
        }
    }

    private void decide(long second, Address target, TargetProbes window, State state) {
        if (window.sources().size() < settings.sources()) {
            return;
        }
        List<Map.Entry<Address, SourceProbes>> bySize =
                new ArrayList<>(window.sources().entrySet());
        bySize.sort((one, other) -> Integer.compare(
                other.getValue().services().size(), one.getValue().services().size()));
        for (int i = 0; i < GROUPS && i + settings.sources() <= bySize.size(); i++) {
            int most = bySize.get(i).getValue().services().size();
            if (i > 0 && most == bySize.get(i - 1).getValue().services().size()) {
                continue; // As many as the one before tried: whoever is like them is in its group.
            }
            SortedMap<Address, SourceProbes> group = new TreeMap<>();
            for (Map.Entry<Address, SourceProbes> source : bySize.subList(i, bySize.size())) {
                if (source.getValue().services().size() * ALIKE >= most) {
                    group.put(source.getKey(), source.getValue());
                }
            }
            if (group.size() >= settings.sources() && judge(second, target, group, window, state)) {
                return;
            }
        }
    }

    private boolean judge(
            long second, Address target, SortedMap<Address, SourceProbes> group, TargetProbes window, State state) {
        SharedProbes shared = new SharedProbes(group.values(), settings.sources());
        boolean apart = shared.littleOverlap()
                && (!shared.thin() || (shared.ordinaryPorts() && group.size() < TargetProbes.SOURCES));
        boolean together = shared.simultaneous() * 2 > shared.services();
        int unseen = shared.services() - shared.failed();
        decision.about(target, second)
                .aboveIf(apart, DistributedScanTestId.FAILED, this.window, shared.failed(), settings.ports())
                .or()
                .aboveIf(apart, DistributedScanTestId.UNSEEN, this.window, unseen, settings.unseenPorts())
                .or()
                .aboveIf(together, DistributedScanTestId.DECOYS, "", shared.simultaneous(), settings.decoyPorts())
                .or();
        if (!decision.passed()) {
            return false;
        }
        DistributedIncident incident = state.incident;
        if (incident == null) {
            decision.because(DistributedScanTestId.SOURCES, "", group.size(), settings.sources() - 1);
            incident = new DistributedIncident(new Episode("", second, QUIET_SECONDS));
            incident.seenBy(window.sensors(), window.clockShift());
            state.incident = incident;
        }
        group.forEach(incident::join);
        incident.because(decision.reasons(), decision.has(DistributedScanTestId.DECOYS));
        return true;
    }

    @Override
    public long wakeUp(State state) {
        long forgetAt = state.window == null
                ? Long.MAX_VALUE
                : state.newest + settings.window().toSeconds();
        return state.incident == null ? forgetAt : Math.min(forgetAt, state.incident.wakeUp());
    }

    @Override
    public boolean isIdle(State state) {
        return state.window == null && state.incident == null;
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        out.writeLong(state.newest);
        out.writeBoolean(state.window != null);
        if (state.window != null) {
            state.window.write(out);
        }
        out.writeBoolean(state.incident != null);
        if (state.incident != null) {
            state.incident.write(out);
        }
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        state.newest = in.readLong();
        state.window = in.readBoolean() ? TargetProbes.read(in) : null;
        state.incident = in.readBoolean() ? DistributedIncident.read(in) : null;
        return state;
    }
}
