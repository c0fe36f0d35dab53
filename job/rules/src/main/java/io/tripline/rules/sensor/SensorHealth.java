package io.tripline.rules.sensor;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.sensor.SensorEvidence.Trouble;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sensor loses packets or batches, started anew, or its clock is off: what other rules see through it is not to be relied on. Whether it is silent is told
 * by {@link SensorPresence}.
 *
 * <p><b>Method.</b> Packets that the capture lost, and those that the sensor threw away because
 * nobody took them, are set against those it saw, by the minute. Batches are numbered anew in each run of the sensor: what is missing, that a run took the
 * place of another, and that two go on side by side is told by {@link SensorRuns}. The clock of a live sensor is judged by how far it is off the broker's
 * where the sensor measured that, and by its lead, from newest packet to sending: a packet from the future, or from more than the limit ago in a busy
 * second, shows that the clock of capture or sensor is off. {@code clockShift} grows when the capture's clock was set back.
 *
 * <p>A file has gaps of hours, joins captures of different years and says no sending time: of files only drops and lost batches are told, and neither
 * silence nor clocks.
 *
 * <p><b>Cost.</b> A few comparisons a sensor and second. <b>Memory.</b> About 600 bytes a sensor, and 500 for each trouble that it has.
 * <b>Cannot see.</b> Who cuts a tap's cable without its sensor noticing: heartbeats go on.
 */
public final class SensorHealth implements SubjectDetector<String, SensorSecond, SensorHealth.State> {
    /** Identifier of this rule. */
    public static final String RULE = "sensor-health";

    /** Of the operator that hosts this rule. */
    public static final String UID = "sensor-rules";

    /** A sensor has no address that could be its own. */
    static final Address NOBODY = new Address(0, 0);

    /** After so many seconds a batch that has not come is lost. */
    static final int SETTLED = 10;

    private static final long MICROSECONDS = 1_000_000;
    private static final int MINUTE = 60;
    private static final int PERCENT = 100;

    /** A sensor of which nothing came for so many seconds is no longer expected. */
    private static final int FORGOTTEN = 3_600;

    /** A second with so many packets is no quiet one in which the newest packet is old. */
    private static final int BUSY = 10;

    /**
     * When a sensor is in trouble.
     *
     * @param silence how long it may send nothing
     * @param dropPercent share of packets in a minute that must be lost, percent
     * @param dropPackets packets in a minute that must be lost
     * @param clockOff how far its clock may be off
     */
    public record Settings(Duration silence, int dropPercent, long dropPackets, Duration clockOff)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(Duration.ofSeconds(60), 1, 100, Duration.ofSeconds(30));

        public Settings {
            Thresholds.check()
                    .between("silence", silence, Duration.ofSeconds(2), Duration.ofDays(7))
                    .between("dropPercent", dropPercent, 1, PERCENT)
                    .between("dropPackets", dropPackets, 1, 1_000_000_000)
                    .between("clockOff", clockOff, Duration.ofSeconds(1), Duration.ofDays(30))
                    .end();
        }
    }

    /** What is remembered of one sensor. */
    public static final class State {
        private long lastSecond = Long.MIN_VALUE;
        private boolean live;
        private boolean gone;
        private long minute = Long.MIN_VALUE;
        private long minutePackets;
        private long minuteDropped;
        private long minuteDiscarded;
        private long clockShift;
        private SensorRuns runs = new SensorRuns();
        private final Map<Trouble, Open> open = new EnumMap<>(Trouble.class);

        private static final class Open {
            private final Episode episode;
            private long value;
            private long packets;
            private long clockOffset;

            private Open(Episode episode) {
                this.episode = episode;
            }
        }
    }

    private final Settings settings;
    private final Decision decision;

    public SensorHealth(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    public SensorHealth(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
    }

    @Override
    public State newState() {
        return new State();
    }

    @Override
    public void complete(
            long second, String sensor, @Nullable SensorSecond part, State state, Consumer<Finding> findings) {
        if (part != null) {
            state.live |= part.live();
            state.runs.add(second, part);
            losses(second, sensor, part, state);
            clock(second, sensor, part, state);
            state.lastSecond = second;
        }
        runs(second, sensor, state);
        state.gone = second - state.lastSecond >= FORGOTTEN;
        state.open.entrySet().removeIf(entry -> {
            Stage stage = entry.getValue().episode.due(second);
            if (stage != null) {
                findings.accept(finding(stage, entry.getKey(), entry.getValue(), second));
            }
            return stage == Stage.CLOSED;
        });
    }

    private void runs(long second, String sensor, State state) {
        decision.about(sensor, second);
        long lost = state.runs.lost(second);
        if (decision.passes(SensorTestId.LOST_BATCHES, lost, 0)) {
            trouble(Trouble.LOST_BATCHES, sensor, second, lost, 0, 0, state);
        }
        long unseen = state.runs.unseen(second);
        if (unseen >= 0 && state.live) {
            trouble(Trouble.RESTARTED, sensor, second, unseen, 0, 0, state);
        }
        int together = state.runs.together(second);
        if (together > 1 && state.live) {
            trouble(Trouble.DUPLICATE_NAME, sensor, second, together, 0, 1, state);
        }
    }

    private void losses(long second, String sensor, SensorSecond part, State state) {
        long minute = Math.floorDiv(second, MINUTE);
        if (minute != state.minute) {
            state.minute = minute;
            state.minutePackets = 0;
            state.minuteDropped = 0;
            state.minuteDiscarded = 0;
        }
        state.minutePackets += part.packets();
        state.minuteDropped += part.dropped();
        state.minuteDiscarded += part.discarded();
        loss(
                Trouble.DROPS,
                SensorTestId.LOST_SHARE,
                SensorTestId.LOST,
                second,
                sensor,
                part,
                part.dropped(),
                state.minuteDropped,
                state);
        loss(
                Trouble.DISCARDED,
                SensorTestId.DISCARDED_SHARE,
                SensorTestId.DISCARDED,
                second,
                sensor,
                part,
                part.discarded(),
                state.minuteDiscarded,
                state);
    }

    private void loss(
            Trouble trouble,
            SensorTestId shareTest,
            SensorTestId manyTest,
            long second,
            String sensor,
            SensorSecond part,
            long lost,
            long inMinute,
            State state) {
        if (lost == 0) {
            return;
        }
        long permille = inMinute * 1_000 / Math.max(1, state.minutePackets + inMinute);
        long limit = settings.dropPercent * 10L;
        decision.about(sensor, second)
                .above(shareTest, permille, limit)
                .above(manyTest, inMinute, settings.dropPackets - 1);
        if (decision.passed()) {
            boolean goesOn = state.open.containsKey(trouble);
            trouble(
                    trouble,
                    sensor,
                    second,
                    goesOn ? lost : inMinute,
                    goesOn ? part.packets() : state.minutePackets,
                    limit,
                    state);
        }
    }

    private void clock(long second, String sensor, SensorSecond part, State state) {
        if (!part.live()) {
            return;
        }
        long limit = settings.clockOff.toMillis();
        long lead = part.leastLead() / 1_000;
        long off = lead < 0 ? -lead : part.packets() >= BUSY ? lead : 0;
        long offset = part.clockOffset() / 1_000;
        decision.about(sensor, second);
        boolean between = decision.passes(SensorTestId.LEAD, off, limit);
        boolean measured = decision.passes(SensorTestId.OFFSET, Math.abs(offset), limit);
        if (between || measured) {
            long value = measured ? Math.abs(offset) : off;
            State.Open open = trouble(Trouble.CLOCK_OFF, sensor, second, value, part.packets(), limit, state);
            if (Math.abs(offset) >= Math.abs(open.clockOffset)) {
                open.clockOffset = offset;
            }
        }
        if (part.clockShift() > state.clockShift) {
            long back = (part.clockShift() - state.clockShift) / 1_000;
            state.clockShift = part.clockShift();
            trouble(Trouble.CLOCK_SET_BACK, sensor, second, back, part.packets(), 0, state);
        }
    }

    private static State.Open trouble(
            Trouble trouble, String sensor, long second, long value, long packets, long limit, State state) {
        State.Open open = state.open.computeIfAbsent(
                trouble, kind -> new State.Open(new Episode(sensor + " " + kind.id(), second, Episode.QUIET_SECONDS)));
        boolean sums = trouble == Trouble.DROPS || trouble == Trouble.DISCARDED || trouble == Trouble.LOST_BATCHES;
        open.value = sums ? open.value + value : Math.max(open.value, value);
        open.packets += packets;
        long time = second * MICROSECONDS;
        open.episode.add(time, time, packets, 0);
        open.episode.becauseAtLeast(Reason.of(trouble, "", value, limit));
        SensorCounts seen = new SensorCounts();
        seen.add(sensor, Math.max(1, packets));
        open.episode.seenBy(seen, state.clockShift);
        return open;
    }

    private static Finding finding(Stage stage, Trouble trouble, State.Open open, long second) {
        return open.episode
                .draft(stage, RULE, NOBODY, second)
                .detail(new SensorEvidence(trouble, open.value, open.packets, open.clockOffset))
                .finding();
    }

    @Override
    public long wakeUp(State state) {
        long next = state.runs.wakeUp();
        for (State.Open open : state.open.values()) {
            next = Math.min(next, open.episode.wakeUp());
        }
        if (!state.gone) {
            next = Math.min(next, state.lastSecond + FORGOTTEN);
        }
        return next;
    }

    @Override
    public boolean isIdle(State state) {
        return state.gone && state.open.isEmpty() && !state.runs.isMissing();
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        out.writeBoolean(state.live);
        out.writeBoolean(state.gone);
        for (long value : new long[] {
            state.lastSecond,
            state.minute,
            state.minutePackets,
            state.minuteDropped,
            state.minuteDiscarded,
            state.clockShift
        }) {
            out.writeLong(value);
        }
        state.runs.write(out);
        out.writeInt(state.open.size());
        for (Map.Entry<Trouble, State.Open> open : state.open.entrySet()) {
            Stored.writeName(open.getKey(), out);
            out.writeLong(open.getValue().value);
            out.writeLong(open.getValue().packets);
            out.writeLong(open.getValue().clockOffset);
            open.getValue().episode.write(out);
        }
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        state.live = in.readBoolean();
        state.gone = in.readBoolean();
        state.lastSecond = in.readLong();
        state.minute = in.readLong();
        state.minutePackets = in.readLong();
        state.minuteDropped = in.readLong();
        state.minuteDiscarded = in.readLong();
        state.clockShift = in.readLong();
        state.runs = SensorRuns.read(in);
        for (int i = Stored.readSize(in, Trouble.values().length, "troubles"); i > 0; i--) {
            Trouble kind = Stored.readName(Trouble.class, in);
            long value = in.readLong();
            long packets = in.readLong();
            long clockOffset = in.readLong();
            State.Open open = new State.Open(Episode.read(in));
            open.value = value;
            open.packets = packets;
            open.clockOffset = clockOffset;
            state.open.put(kind, open);
        }
        return state;
    }
}
