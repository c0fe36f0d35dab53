package io.tripline.rules.probe.slowscan;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorDetector;
import io.tripline.rules.probe.ActorHistory;
import io.tripline.rules.probe.Contact;
import io.tripline.rules.probe.Coverage;
import io.tripline.rules.probe.Covered;
import io.tripline.rules.probe.Evidence;
import io.tripline.rules.probe.Incident;
import io.tripline.rules.probe.ProbeOutcome;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.rules.sketch.UniqueOwnerIndex;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One source scans so slowly that no minute shows it (ATT&amp;CK T1046, T1595.001).
 *
 * <p>Method. Of each source only its failures are remembered, for a day: distinct (host, service) that refused or, at a tap that shows answers,
 * were silent. It is a scan when
 * <ul>
 *   <li>more than 20 services of one target failed, and more failed there than answered;
 *   <li>more than 20 pairs failed, whatever the target, and more failed than answered;
 *   <li>more than 10 pairs were tried in ways that no ordinary program has (FIN, NULL, XMAS, illegal flags), answered or not;
 *   <li>of more than 100 services of one target nothing is known at a tap that shows no answers.
 * </ul>
 * What answered is counted in a sketch from the first failure on. A client that asks for the same dead server for hours has one pair. Silence
 * counts as failure only where somebody answered this source within five minutes: otherwise it is as likely cut off from the network. UDP that
 * is silent and what is left of old connections (FIN+ACK, ACK that nobody refuses) prove nothing; nor do peers of a swarm, see {@link HostSweep}.
 * A sequential test as of {@link HostSweep} has no place here: over a day, six dead servers more than live ones are ordinary.
 *
 * <p>One scan makes one incident. While a rule about one minute has an incident of the source open, and for an hour afterwards, what is tried at its
 * targets, or for its services, is that rule's and is forgotten here; what is tried elsewhere in so few ways that no minute shows it still counts. A burst
 * of more than 20 in a minute is left to those rules for 50 s.
 *
 * <p>Cost: nothing for a source that never fails; for each new failure a look at what is remembered. Memory: about 100 bytes a failure, at most 50 KB
 * a source. One failure is remembered for two hours, two for six, and for all sources together there is a {@link FailureRoom}: a flood under false
 * addresses would otherwise fill the memory. For the same reason the first failure of a source does not count where more than 64 sources tried a single
 * thing at its target in that second.
 *
 * <p>Cannot see: fewer than 21 failures a day, the first probes more than two hours apart, a scan among as many successes at the same
 * target, a sweep of one service where the tap shows no answers.
 *
 * <p>Source: Jung et al., "Fast Portscan Detection Using Sequential Hypothesis Testing", IEEE S&amp;P 2004, on failures as the signal.
 */
public final class SlowScan implements ActorDetector<SlowScan.State> {
    public static final String RULE = "slow-scan";

    /** Seconds. A scan may pause, and its incident should not close with each pause. */
    private static final int QUIET_SECONDS = 3_600;

    private static final long HOLD_SECONDS = 50;
    private static final long NOT_SET = 0;
    private static final int FEW_SERVICES = 5;
    private static final long ANSWERED_SECONDS = 300;
    private static final long FIRST_FAILURE_SECONDS = 7_200;
    private static final long SECOND_FAILURE_SECONDS = 21_600;

    /**
     * Thresholds.
     *
     * @param pairs this many distinct failed services of one target, or (host, service) in all, are not yet a scan
     * @param stealthPairs the same for packets that no ordinary program sends
     * @param unseenPairs the same where no answers are visible
     * @param memory how long failures are remembered, at least one minute
     */
    public record Settings(int pairs, int stealthPairs, int unseenPairs, Duration memory) implements Serializable {
        public static final Settings DEFAULT = new Settings(20, 10, 100, Duration.ofHours(24));

        public Settings {
            Thresholds.check()
                    .between("pairs", pairs, 1, Failures.PAIRS - 1)
                    .between("stealthPairs", stealthPairs, 1, Failures.PAIRS - 1)
                    .between("unseenPairs", unseenPairs, 1, Failures.PAIRS - 1)
                    .between("memory", memory, Duration.ofMinutes(1), Duration.ofDays(30))
                    .end();
        }
    }

    /** Failures and open incident of one actor. */
    public static final class State {
        private Failures failures = new Failures();
        private long answeredAt = Long.MIN_VALUE / 2;
        private long expireAt = Long.MAX_VALUE;
        private long heldSince = NOT_SET;
        private Covered covered = new Covered();

        /** When to look whether there is still room for it; {@link #NOT_SET} while there is enough for all. */
        private long lookAt = NOT_SET;

        /** Failures, and whether there is something covered, as the shared room knows it. */
        private int counted;

        private boolean countedCovered;
        private @Nullable Incident incident;

        private void forget() {
            failures = new Failures();
            expireAt = Long.MAX_VALUE;
            heldSince = NOT_SET;
        }
    }

    /** So few failures are packed. */
    private static final int FEW = 8;

    private final Settings settings;
    private final Decision decision;
    private final String hours;

    public SlowScan(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    public SlowScan(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
        this.hours = Long.toString(settings.memory().toHours());
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
    public void observe(Activity activity, ActorHistory history, State state) {
        if (history.wasAnswered(activity.second())) {
            state.answeredAt = activity.second();
        }
    }

    @Override
    public void judge(long second, ActorHistory history, State state) {
        if (history.claimed() && !isBeside(second, history, state)) {
            state.forget();
            return;
        }
        boolean more = false;
        UniqueOwnerIndex<Integer, Address> served = served(history);
        for (Contact contact : history.settled()) {
            if (!served.hasOther(contact.service(), contact.target()) && !state.covered.has(contact, second)) {
                more |= take(second, contact, history, state);
            }
        }
        if ((more || state.heldSince != NOT_SET) && state.incident == null) {
            if (isUndecided(second, state)) {
                state.heldSince = state.heldSince == NOT_SET ? second : state.heldSince;
            } else {
                state.heldSince = NOT_SET;
                decide(second, history, state);
            }
        }
        if (more && state.incident != null) {
            state.incident.seenBy(history);
        }
    }

    /**
     * Leaves to an incident about one minute what it covers, from now on until an hour after it. Whether there may be a slow scan besides: not where the
     * rest is no slower, since the incident will cover that, too, as soon as enough of it is known.
     */
    private boolean isBeside(long second, ActorHistory history, State state) {
        boolean note = !state.covered.isEmpty() || history.room().mayCover();
        int[] rest = {0};
        history.contacts().forEach(contact -> {
            Coverage coverage = history.coverage(contact);
            if (note) {
                state.covered.note(coverage, contact, second + QUIET_SECONDS);
            }
            rest[0] += coverage == Coverage.NONE && !contact.has(Contact.OPEN) ? 1 : 0;
        });
        if (rest[0] > settings.pairs()) {
            return false;
        }
        state.failures.forget(contact -> history.coverage(contact) != Coverage.NONE);
        state.expireAt = expiry(state);
        return true;
    }

    /**
     * Whether the rules about one minute may have an incident of this soon. They wait until most of what was tried is known to have failed, and silence is
     * known two seconds later; and of a scan of many hosts and ports none is crossed at first. So a burst is held back, but not for so long that they
     * would have forgotten how it began.
     */
    private boolean isUndecided(long second, State state) {
        return (state.heldSince == NOT_SET || second < state.heldSince + HOLD_SECONDS)
                && state.failures.since(second - ActorHistory.WINDOW_SECONDS) > settings.pairs();
    }

    /**
     * Who serves the services that answered within the window, where these are many: of a load balancer's back ends one is down and the others are
     * not. Few are what a sweep asks for.
     */
    private static UniqueOwnerIndex<Integer, Address> served(ActorHistory history) {
        UniqueOwnerIndex<Integer, Address> served = new UniqueOwnerIndex<>();
        if (!history.settled().isEmpty()) {
            history.contacts().forEach(contact -> {
                if (contact.has(Contact.OPEN) && Service.hasPort(contact.service())) {
                    served.add(contact.service(), contact.target());
                }
            });
        }
        return served.size() < FEW_SERVICES ? new UniqueOwnerIndex<>() : served;
    }

    /** Whether the contact adds a failure. */
    private boolean take(long second, Contact contact, ActorHistory history, State state) {
        ProbeOutcome outcome = history.outcome(contact, second);
        if (outcome == ProbeOutcome.OPEN && !contact.probing().stealth()) {
            opened(contact, state);
            return false;
        }
        boolean failed = fails(contact, outcome, second, history, state);
        boolean unseen = !failed && isUnseen(contact, outcome);
        boolean fresh = state.failures.isEmpty();
        if (!(failed || unseen) || (fresh && state.incident == null && contact.has(Contact.CROWDED))) {
            return false;
        }
        if (state.incident != null) {
            state.incident.add(contact);
            return true;
        }
        if (!state.failures.has(contact) && !hasRoom(second, history, state)) {
            return false;
        }
        if (failed) {
            state.failures.failed(contact);
        } else {
            state.failures.unseen(contact);
        }
        if (fresh) {
            history.contacts().forEach(other -> {
                if (other.has(Contact.OPEN)) {
                    state.failures.reached(other);
                }
            });
        }
        state.expireAt = Math.min(state.expireAt, expiry(state));
        return true;
    }

    private static boolean hasRoom(long second, ActorHistory history, State state) {
        int size = state.failures.size();
        return size == 0
                ? history.room().mayBegin(history.actor(), second)
                : history.room().mayGrow(size);
    }

    private static void opened(Contact contact, State state) {
        if (!state.failures.isEmpty()) {
            state.failures.reached(contact);
        }
        if (state.incident != null && state.incident.evidence().hosts().contains(contact.target())) {
            state.incident.add(contact);
        }
    }

    private static boolean fails(
            Contact contact, ProbeOutcome outcome, long second, ActorHistory history, State state) {
        Probing probing = contact.probing();
        if (probing.stealth()) {
            return outcome != ProbeOutcome.EXPIRED;
        }
        return switch (probing) {
            case ARP, NDP, MAIMON -> false;
            case UDP, ACK -> outcome == ProbeOutcome.CLOSED;
            default ->
                outcome == ProbeOutcome.CLOSED
                        || (outcome == ProbeOutcome.FILTERED
                                && (history.wasAnswered(second) || state.answeredAt > second - ANSWERED_SECONDS));
        };
    }

    /** Silence at a tap without answers; a source that nobody answers where answers are seen has lost its network. */
    private static boolean isUnseen(Contact contact, ProbeOutcome outcome) {
        return outcome == ProbeOutcome.UNSEEN
                && !contact.has(Contact.ANSWERS_VISIBLE)
                && Service.transport(contact.service()) != IpProtocol.UDP
                && switch (contact.probing()) {
                    case ARP, NDP, MAIMON, ACK -> false;
                    default -> true;
                };
    }

    private void decide(long second, ActorHistory history, State state) {
        int size = state.failures.size();
        if (size <= Math.min(settings.pairs(), Math.min(settings.stealthPairs(), settings.unseenPairs()))) {
            return;
        }
        Failures.Counts counts = state.failures.counts();
        if (decide(second, history.actor(), counts).passed()) {
            Incident incident = new Incident(counts.target().toString(), second, QUIET_SECONDS);
            state.failures.addTo(incident);
            incident.seenBy(history);
            decision.reasons().forEach(incident::because);
            state.incident = incident;
            state.forget();
        }
    }

    private Decision decide(long second, Address actor, Failures.Counts counts) {
        boolean mostThere = counts.failedAtOne() > counts.reachedThere();
        boolean most = counts.failed() > counts.reached() && !counts.swarm();
        boolean unseenThere = counts.unseenAtOne() > counts.reachedThere();
        long triedAtOne = counts.unseenAtOne() + counts.failedAtOne();
        return decision.about(actor, second)
                .aboveIf(mostThere, SlowScanTestId.FAILED_AT_ONE, hours, counts.failedAtOne(), settings.pairs())
                .or()
                .aboveIf(most, SlowScanTestId.FAILED, hours, counts.failed(), settings.pairs())
                .or()
                .above(SlowScanTestId.STEALTH, hours, counts.stealth(), settings.stealthPairs())
                .or()
                .aboveIf(unseenThere, SlowScanTestId.UNSEEN, hours, triedAtOne, settings.unseenPairs());
    }

    /** The second in which the oldest failure is forgotten. */
    private long expiry(State state) {
        long oldest = state.failures.oldest();
        return oldest == Long.MAX_VALUE ? oldest : ActorHistory.secondOf(oldest) + memory(state.failures.size());
    }

    private long memory(int failures) {
        long whole = settings.memory().toSeconds();
        return failures == 1
                ? Math.min(whole, FIRST_FAILURE_SECONDS)
                : failures == 2 ? Math.min(whole, SECOND_FAILURE_SECONDS) : whole;
    }

    @Override
    public void tell(long second, Address actor, State state, Consumer<Finding> findings) {
        while (state.expireAt <= second) {
            state.failures.expire(second - memory(state.failures.size()));
            state.expireAt = expiry(state);
        }
        if (second >= state.heldSince + HOLD_SECONDS) {
            state.heldSince = NOT_SET;
        }
        state.covered.expire(second);
        state.incident = Incident.tell(state.incident, RULE, actor, second, Evidence::serviceOutcomes, findings);
    }

    @Override
    public void fit(long second, ActorHistory history, State state) {
        FailureRoom room = history.room();
        if (state.lookAt != NOT_SET && second >= state.lookAt) {
            state.lookAt = NOT_SET;
            if (room.mustGo(state.failures.size())) {
                state.forget();
            }
        }
        int size = state.failures.size();
        room.resized(state.counted, size);
        room.covers(state.countedCovered, !state.covered.isEmpty());
        state.counted = size;
        state.countedCovered = !state.covered.isEmpty();
        if (size < 2) {
            state.lookAt = NOT_SET;
        } else if (state.lookAt == NOT_SET && room.isShort()) {
            state.lookAt = second + FailureRoom.LOOK_SECONDS;
        }
    }

    @Override
    public long wakeUp(State state) {
        long next = Math.min(state.expireAt, state.covered.next());
        if (state.heldSince != NOT_SET) {
            next = Math.min(next, state.heldSince + HOLD_SECONDS);
        }
        if (state.lookAt != NOT_SET) {
            next = Math.min(next, state.lookAt);
        }
        return state.incident == null ? next : Math.min(next, state.incident.wakeUp());
    }

    @Override
    public boolean isSmall(State state) {
        return state.incident == null && state.failures.size() <= FEW && state.covered.size() <= FEW;
    }

    @Override
    public boolean isIdle(State state) {
        return state.incident == null && state.failures.isEmpty() && state.covered.isEmpty();
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        state.failures.write(out);
        out.writeLong(state.answeredAt);
        out.writeLong(state.expireAt);
        out.writeLong(state.heldSince);
        out.writeLong(state.lookAt);
        state.covered.write(out);
        Incident.writeNullable(state.incident, out);
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        state.failures = Failures.read(in);
        state.answeredAt = in.readLong();
        state.expireAt = in.readLong();
        state.heldSince = in.readLong();
        state.lookAt = in.readLong();
        state.covered = Covered.read(in);
        state.counted = state.failures.size();
        state.countedCovered = !state.covered.isEmpty();
        state.incident = Incident.readNullable(in);
        return state;
    }
}
