package io.tripline.rules.probe.osfingerprint;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorDetector;
import io.tripline.rules.probe.ActorHistory;
import io.tripline.rules.probe.ContactTable;
import io.tripline.rules.probe.Incident;
import io.tripline.rules.probe.OsProbe;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One source asks a host's stack things that no program asks, to learn the operating system from its answers (ATT&amp;CK T1592, active).
 *
 * <p>Method. Kinds of such packet, see {@link OsProbe}, from one source to one target, none more than ten seconds after the one before; three
 * different ones are enough. Each kind
 * by itself happens: broken stacks, a host discovery by ICMP timestamp, a NULL scan. Together they have one use. Port scans with FIN, NULL or XMAS
 * are none of these kinds, since their segments have no options. Whether and what the target answers does not matter, so it works at a tap that
 * shows one direction.
 *
 * <p>Cost: a bit test for each of an actor's seconds; more only for who sends such packets. Memory: about 100 bytes for each (service, technique)
 * of the last ten seconds, at most {@link #PROBES}; evidence while an incident is open.
 *
 * <p>Cannot see: passive fingerprinting, a prober that waits ten seconds between its packets or uses two kinds, one that uses ordinary SYNs only.
 *
 * <p>Sources: G. Lyon, "Nmap Network Scanning", chapter 8; O. Arkin, F. Yarochkin, "Xprobe v2.0: A 'Fuzzy' Approach to Remote Active Operating
 * System Fingerprinting", 2002; RFC 9293, 3.2, on options.
 */
public final class OsFingerprint implements ActorDetector<OsFingerprint.State> {
    public static final String RULE = "os-fingerprint";

    private static final int PROBES = 256;

    /**
     * Thresholds.
     *
     * @param kinds this many kinds of probe are not yet a fingerprinting
     * @param within longest pause between two that belong together, whole seconds
     */
    public record Settings(int kinds, Duration within) implements Serializable {
        public static final Settings DEFAULT = new Settings(2, Duration.ofSeconds(10));

        public Settings {
            Thresholds.check()
                    .between("kinds", kinds, 1, Integer.bitCount(OsProbe.ANY) - 1)
                    .between("within", within, Duration.ofSeconds(1), Duration.ofHours(1))
                    .end();
        }
    }

    /** Recent probes and the open incident of one actor. */
    public static final class State {
        private ContactTable probes = new ContactTable(PROBES);
        private long newest = Long.MIN_VALUE;
        private int kinds;
        private @Nullable Incident incident;
    }

    private final Settings settings;
    private final Decision decision;
    private final String within;

    public OsFingerprint(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    public OsFingerprint(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
        this.within = Long.toString(settings.within().toSeconds());
    }

    @Override
    public String rule() {
        return RULE;
    }

    @Override
    public State newState() {
        return new State();
    }

    @Override
    public boolean watches(ActorHistory history) {
        return (history.latestBits() & OsProbe.ANY) != 0;
    }

    @Override
    public void observe(Activity activity, ActorHistory history, State state) {
        if (!watches(history)) {
            return;
        }
        long second = activity.second();
        expire(second, state);
        state.newest = second;
        Incident open = state.incident;
        activity.contacts().forEach(contact -> {
            if (contact.has(OsProbe.ANY)) {
                state.probes.add(contact);
                if (open != null) {
                    open.add(contact);
                    state.kinds |= contact.bits() & OsProbe.ANY;
                }
            }
        });
        if (open != null) {
            open.seenBy(activity.sensors(), activity.clockShift());
        } else {
            decide(second, history, state);
        }
    }

    @Override
    public void judge(long second, ActorHistory history, State state) {
        // Whatever becomes of these packets, they were sent.
    }

    private void decide(long second, ActorHistory history, State state) {
        SortedMap<Address, Integer> kinds = new TreeMap<>();
        state.probes.forEach(
                contact -> kinds.merge(contact.target(), contact.bits() & OsProbe.ANY, (one, other) -> one | other));
        kinds.forEach((target, bits) -> {
            decision.about(history.actor(), second)
                    .above(OsFingerprintTestId.KINDS, within, Integer.bitCount(bits), settings.kinds());
            if (decision.passed()) {
                open(target, bits, second, history, state);
            }
        });
    }

    private void open(Address target, int bits, long second, ActorHistory history, State state) {
        Incident open = state.incident;
        Incident into = open == null ? new Incident(target.toString(), second) : open;
        state.incident = into;
        state.probes.forEach(contact -> {
            if (contact.target().equals(target)) {
                into.add(contact);
            }
        });
        if (open == null) {
            into.seenBy(history);
        }
        state.kinds |= bits;
        decision.reasons().forEach(into::because);
    }

    private void expire(long second, State state) {
        long before = second - settings.within().toSeconds();
        state.probes.removeIf(contact -> ActorHistory.secondOf(contact.last()) <= before);
    }

    @Override
    public void tell(long second, Address actor, State state, Consumer<Finding> findings) {
        if (second >= forgetAt(state)) {
            expire(second, state);
        }
        Incident incident = state.incident;
        Finding.Stage stage = incident == null ? null : incident.due(second);
        if (incident != null && stage != null) {
            findings.accept(incident.draft(
                            stage, RULE, actor, second, incident.evidence().serviceOutcomes())
                    .detail(new OsProbes(state.kinds))
                    .finding());
            if (stage == Finding.Stage.CLOSED) {
                state.incident = null;
                state.kinds = 0;
            }
        }
    }

    private long forgetAt(State state) {
        return state.probes.size() == 0
                ? Long.MAX_VALUE
                : state.newest + settings.within().toSeconds();
    }

    @Override
    public long wakeUp(State state) {
        long forgetAt = forgetAt(state);
        return state.incident == null ? forgetAt : Math.min(forgetAt, state.incident.wakeUp());
    }

    @Override
    public boolean isIdle(State state) {
        return state.incident == null && state.probes.size() == 0;
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        state.probes.write(out);
        out.writeLong(state.newest);
        out.writeInt(state.kinds);
        Incident.writeNullable(state.incident, out);
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        state.probes = ContactTable.read(in, PROBES);
        state.newest = in.readLong();
        state.kinds = in.readInt() & OsProbe.ANY;
        state.incident = Incident.readNullable(in);
        return state;
    }
}
