package io.tripline.rules.probe;

import io.tripline.rules.codec.CompactInput;
import io.tripline.rules.codec.CompactOutput;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Hosted;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.distributedscan.FailureReports;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules that look at one actor at a time. Each of an actor's seconds is shown to them once, in order, when it is complete; so findings do
 * not depend on the order in which the parts of a second arrived, nor on how the stream was split. Rules with a longer memory come after those
 * about one minute, to whom a fast scan belongs.
 */
public final class ActorRules {
    /** Of the rules about actors together, in savepoints and in what is told of late parts. */
    public static final String UID = "actor-rules";

    /** Actors of an instance that something is remembered of; of more, only those are followed who try much in a second. */
    public static final int MOST = 1 << 20;

    /** More than there will ever be. */
    private static final int MOST_RULES = 1_000;

    /** Far more than a rule remembers of an actor. */
    private static final int RULE_BYTES = 64 << 20;

    private static final String BYTES = "bytes of what a rule remembers";

    /** An actor with more contacts is not packed. */
    private static final int FEW_CONTACTS = 8;

    private final List<ActorDetector<?>> detectors;
    private final Set<String> ids;
    private final boolean judgesAll;
    private final FailureRooms rooms;

    /** The rules given report in their order; failures of all actors have a single room. */
    public ActorRules(List<ActorDetector<?>> detectors) {
        this(detectors, FailureRooms.single(FailureLimits.DEFAULT));
    }

    /** Rules with room for failures that the caller keeps; nobody hears of tests. */
    public ActorRules(List<ActorDetector<?>> detectors, FailureRooms rooms) {
        this(detectors, DecisionTrace.NONE, rooms);
    }

    /** Rules whose tests a trace hears: they also judge a window in which nothing speaks against the actor. */
    public ActorRules(List<ActorDetector<?>> detectors, DecisionTrace trace) {
        this(detectors, trace, FailureRooms.single(FailureLimits.DEFAULT));
    }

    /** Rules with room for failures that the caller keeps, and somebody who hears of each test. */
    public ActorRules(List<ActorDetector<?>> detectors, DecisionTrace trace, FailureRooms rooms) {
        this.rooms = rooms;
        this.detectors = List.copyOf(detectors);
        this.ids = detectors.stream().map(ActorDetector::rule).collect(Collectors.toUnmodifiableSet());
        this.judgesAll = trace != DecisionTrace.NONE;
    }

    /**
     * These rules for a host.
     *
     * @param failures takes what actors tried without success, for the rules about targets
     */
    public Hosted<Address, Activity, ActorState> hosted(Consumer<TargetProbes> failures) {
        return new Hosted<>() {
            @Override
            public ActorState newState() {
                return new ActorState();
            }

            @Override
            public void complete(long second, Address actor, ActorState state, Consumer<Finding> findings) {
                ActorRules.this.complete(second, actor, state, findings, failures);
            }

            @Override
            public boolean isIdle(ActorState state) {
                return ActorRules.this.isIdle(state);
            }
        };
    }

    /** Lets the detectors look at a second that is complete now. Seconds must come in order. */
    public void complete(long second, Address actor, ActorState state, Consumer<Finding> findings) {
        complete(second, actor, state, findings, probes -> {});
    }

    /**
     * Completes a second, and hands on failures.
     *
     * @param failures takes what the actor tried in vain, for the rules about targets
     */
    public void complete(
            long second, Address actor, ActorState state, Consumer<Finding> findings, Consumer<TargetProbes> failures) {
        unpack(state);
        Activity activity = state.take(second);
        state.history.begin(actor, rooms.of(actor));
        if (activity != null) {
            state.history.observe(activity);
        }
        boolean due = state.history.isJudgementDue(second);
        if (due) {
            state.history.expire(second);
        }
        boolean suspicious = due && state.history.isSuspicious(second);
        if (suspicious) {
            state.history.settle(second);
        }
        boolean judge = due && (judgesAll || suspicious);
        long wakeUp = state.history.wakeUp(second);
        for (ActorDetector<?> detector : detectors) {
            wakeUp = Math.min(wakeUp, ask(detector, second, judge, actor, activity, state, findings));
        }
        state.keepOnly(ids);
        FailureReports.send(second, state.history, failures);
        state.wakeUp = Math.max(second + 1, wakeUp);
        pack(state);
    }

    /** Most actors of a busy network did little, and there may be a million of them: objects would take several times the room. */
    private void pack(ActorState state) {
        if (isIdle(state) || state.history.contacts().size() > FEW_CONTACTS) {
            return;
        }
        for (ActorDetector<?> detector : detectors) {
            if (!isSmall(detector, state)) {
                return;
            }
        }
        CompactOutput out = new CompactOutput();
        try {
            writeKept(state, out);
        } catch (IOException e) {
            throw new IllegalStateException("an array takes all that is written", e);
        }
        state.pack(out.bytes());
    }

    private static <S> boolean isSmall(ActorDetector<S> detector, ActorState state) {
        return state.kept(detector.rule()) == null || detector.isSmall(kept(detector, state));
    }

    private void unpack(ActorState state) {
        if (state.packed() != null) {
            state.unpack(whole(state));
        }
    }

    /** The state itself, or what its bytes say where it is packed; it is left as it is. */
    private ActorState whole(ActorState state) {
        byte[] packed = state.packed();
        if (packed == null) {
            return state;
        }
        ActorState whole = new ActorState();
        try {
            readKept(whole, new CompactInput(packed), gone -> {});
        } catch (IOException e) {
            throw new IllegalStateException("what was packed can be read", e);
        }
        return whole;
    }

    private static <S> long ask(
            ActorDetector<S> detector,
            long second,
            boolean judge,
            Address actor,
            @Nullable Activity activity,
            ActorState state,
            Consumer<Finding> findings) {
        if (!judge && state.kept(detector.rule()) == null && (activity == null || !detector.watches(state.history))) {
            return Long.MAX_VALUE;
        }
        S kept = kept(detector, state);
        if (activity != null) {
            detector.observe(activity, state.history, kept);
        }
        if (judge) {
            detector.judge(second, state.history, kept);
        }
        detector.tell(second, actor, kept, findings);
        detector.fit(second, state.history, kept);
        if (detector.claims(kept)) {
            state.history.claim(contact -> detector.coverage(kept, contact));
        }
        if (detector.isIdle(kept)) {
            state.drop(detector.rule());
            return Long.MAX_VALUE;
        }
        state.keep(detector.rule(), kept);
        return detector.wakeUp(kept);
    }

    @SuppressWarnings("unchecked") // A rule's state is made and read by its own detector only.
    private static <S> S kept(ActorDetector<S> detector, ActorState state) {
        Object kept = state.kept(detector.rule());
        return kept == null ? detector.newState() : (S) kept;
    }

    /** Whether there is nothing to remember of the actor. */
    public boolean isIdle(ActorState state) {
        return state.packed() == null && state.isNothingPending() && state.history.isEmpty() && state.keepsNothing();
    }

    /** Writes all that is remembered of an actor. Thresholds are no part of it. */
    public void write(ActorState state, DataOutput out) throws IOException {
        out.writeLong(state.wakeUp);
        state.writePending(out);
        writeKept(whole(state), out);
    }

    private void writeKept(ActorState state, DataOutput out) throws IOException {
        state.history.write(out);
        int keeping = 0;
        for (ActorDetector<?> detector : detectors) {
            keeping += state.kept(detector.rule()) == null ? 0 : 1;
        }
        out.writeInt(keeping);
        for (ActorDetector<?> detector : detectors) {
            if (state.kept(detector.rule()) != null) {
                write(detector, state, out);
            }
        }
    }

    private static <S> void write(ActorDetector<S> detector, ActorState state, DataOutput out) throws IOException {
        CompactOutput frame = new CompactOutput();
        detector.write(kept(detector, state), frame);
        Stored.writeText(detector.rule(), out);
        frame.writeTo(out);
    }

    /** Reads what {@link #write} wrote. A rule that is new since then begins with nothing; what a rule kept that is gone is skipped. */
    public ActorState read(DataInput in) throws IOException {
        return read(in, gone -> {});
    }

    /**
     * Reads a state of any set of rules, and tells what is skipped.
     *
     * @param gone takes the rule of each state that is skipped
     */
    public ActorState read(DataInput in, Consumer<String> gone) throws IOException {
        ActorState state = new ActorState();
        state.wakeUp = in.readLong();
        for (int i = Stored.readSize(in, Integer.MAX_VALUE, "pending seconds"); i > 0; i--) {
            state.add(Activity.read(in));
        }
        readKept(state, in, gone);
        return state;
    }

    private void readKept(ActorState state, DataInput in, Consumer<String> gone) throws IOException {
        state.history = ActorHistory.read(in);
        for (int i = Stored.readSize(in, MOST_RULES, "rules"); i > 0; i--) {
            String rule = Stored.readText(in);
            ActorDetector<?> detector = detector(rule);
            if (detector == null) {
                gone.accept(rule);
                Stored.skip(Stored.readSize(in, RULE_BYTES, BYTES), in);
            } else {
                keep(detector, CompactInput.readFrom(in, RULE_BYTES, BYTES), state);
            }
        }
    }

    private @Nullable ActorDetector<?> detector(String rule) {
        for (ActorDetector<?> detector : detectors) {
            if (detector.rule().equals(rule)) {
                return detector;
            }
        }
        return null;
    }

    private static <S> void keep(ActorDetector<S> detector, DataInput in, ActorState state) throws IOException {
        S kept = detector.read(in);
        if (!detector.isIdle(kept)) {
            state.keep(detector.rule(), Objects.requireNonNull(kept));
        }
    }
}
