package io.tripline.rules.incident;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Times, counts and reasons of one open incident: opened when a rule's threshold is crossed, updated while it goes on, closed after quiet. The
 * rule decides what belongs to it; this class says when there is something to tell.
 */
public final class Episode {
    /** An open incident is told again at most this often, seconds. */
    static final int UPDATE_SECONDS = 30;

    /** An incident is over after so many seconds without anything new, unless its rule says otherwise. */
    public static final int QUIET_SECONDS = 60;

    private static final long SECOND = 1_000_000;
    private static final int FRAMES = 10;
    private static final long UNKNOWN = Long.MIN_VALUE;

    /** Reasons kept; a sweep of all ports would give two for each. */
    private static final int REASONS = 40;

    private final String scope;
    private final long crossedSecond;
    private final int quietSeconds;
    private final SensorCounts sensors;
    private final List<Reason> reasons;
    private final SortedSet<Long> frames = new TreeSet<>();
    private long clockShift = UNKNOWN;
    private long firstSeen = Long.MAX_VALUE;
    private long lastSeen = Long.MIN_VALUE;
    private long toldSecond = Long.MIN_VALUE;
    private long packets;
    private long bytes;
    private boolean changed;

    /**
     * An incident whose threshold is crossed in the given second; nothing has been told of it yet.
     *
     * @param scope what it is about besides rule and actor; part of its identity
     */
    public Episode(String scope, long crossedSecond, int quietSeconds) {
        this(scope, crossedSecond, quietSeconds, new SensorCounts(), new ArrayList<>());
    }

    private Episode(String scope, long crossedSecond, int quietSeconds, SensorCounts sensors, List<Reason> reasons) {
        this.scope = scope;
        this.crossedSecond = crossedSecond;
        this.quietSeconds = quietSeconds;
        this.sensors = sensors;
        this.reasons = reasons;
    }

    /**
     * Adds packets that belong to it. What is added before it is first told fixes when it began, and so its identity.
     *
     * @param first stream time of the first of them, microseconds
     * @param last stream time of the last
     */
    public void add(long first, long last, long morePackets, long moreBytes) {
        if (toldSecond == Long.MIN_VALUE) {
            firstSeen = Math.min(firstSeen, first);
        }
        lastSeen = Math.max(lastSeen, last);
        packets += morePackets;
        bytes += moreBytes;
        changed = true;
    }

    /** Notes that there is something new to tell, though no packet. */
    public void change() {
        changed = true;
    }

    /** Notes a frame as evidence; the lowest are kept. */
    public void frame(long number) {
        frames.add(number);
        if (frames.size() > FRAMES) {
            frames.remove(frames.last());
        }
    }

    /**
     * Notes which sensors saw it.
     *
     * @param shift how far their clock is moved, microseconds. The first one given, which belongs to what is told as begin, stands for all times of
     *     the incident: another would give it another identity, and times that go back from one document to the next
     */
    public void seenBy(SensorCounts morePackets, long shift) {
        sensors.addAll(morePackets);
        if (clockShift == UNKNOWN) {
            clockShift = shift;
        }
    }

    /** Adds a reason, unless the same test was passed before or there are enough. */
    public void because(Reason reason) {
        if (reasons.size() < REASONS && reasons.stream().noneMatch(known -> known.isSameTest(reason))) {
            reasons.add(reason);
            changed = true;
        }
    }

    /** Adds a reason, in place of one of the same test with a lower value. */
    public void becauseAtLeast(Reason reason) {
        for (int i = 0; i < reasons.size(); i++) {
            if (reasons.get(i).isSameTest(reason)) {
                if (reasons.get(i).value() < reason.value()) {
                    reasons.set(i, reason);
                    changed = true;
                }
                return;
            }
        }
        because(reason);
    }

    /** Tests that led here, in the order in which they were passed. */
    public List<Reason> reasons() {
        return List.copyOf(reasons);
    }

    /** Stream time of the first packet, microseconds. */
    public long firstSeen() {
        return firstSeen;
    }

    /** Stream time of the latest packet, microseconds. */
    public long lastSeen() {
        return lastSeen;
    }

    public long packets() {
        return packets;
    }

    public long bytes() {
        return bytes;
    }

    public String scope() {
        return scope;
    }

    /** Which stage to tell by the end of the given second; null where there is nothing to tell. */
    public @Nullable Stage due(long second) {
        if (toldSecond == Long.MIN_VALUE) {
            return Stage.OPENED;
        }
        if (second >= quietAt()) {
            return Stage.CLOSED;
        }
        return changed && second >= toldSecond + UPDATE_SECONDS ? Stage.UPDATED : null;
    }

    /** The second in which there will be something to tell if nothing more happens. */
    public long wakeUp() {
        return changed ? Math.min(quietAt(), toldSecond + UPDATE_SECONDS) : quietAt();
    }

    private long quietAt() {
        return Math.floorDiv(lastSeen, SECOND) + quietSeconds;
    }

    /** The finding as it stands by the end of the given second, for the rule to fill; afterwards it counts as told. */
    public FindingDraft draft(Stage stage, String rule, Address actor, long second) {
        toldSecond = second;
        changed = false;
        FindingDraft draft = new FindingDraft(rule, stage, actor);
        draft.scope = scope;
        draft.firstSeen = firstSeen;
        draft.crossed = (crossedSecond + 1) * SECOND;
        draft.lastSeen = lastSeen;
        draft.changed = stage == Stage.CLOSED ? quietAt() * SECOND : (second + 1) * SECOND;
        draft.clockShift = clockShift == UNKNOWN ? 0 : clockShift;
        draft.packets = packets;
        draft.bytes = bytes;
        draft.frames = List.copyOf(frames);
        draft.sensors = sensors.bySensor();
        draft.reasons = List.copyOf(reasons);
        return draft;
    }

    public void write(DataOutput out) throws IOException {
        Stored.writeText(scope, out);
        out.writeLong(crossedSecond);
        out.writeInt(quietSeconds);
        sensors.write(out);
        out.writeInt(reasons.size());
        for (Reason reason : reasons) {
            reason.write(out);
        }
        out.writeInt(frames.size());
        for (long frame : frames) {
            out.writeLong(frame);
        }
        for (long value : new long[] {clockShift, firstSeen, lastSeen, toldSecond, packets, bytes}) {
            out.writeLong(value);
        }
        out.writeBoolean(changed);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no episode can hold
     */
    public static Episode read(DataInput in) throws IOException {
        String scope = Stored.readText(in);
        long crossedSecond = in.readLong();
        int quietSeconds = in.readInt();
        SensorCounts sensors = SensorCounts.read(in);
        List<Reason> reasons = new ArrayList<>();
        for (int i = Stored.readSize(in, REASONS, "reasons"); i > 0; i--) {
            reasons.add(Reason.read(in));
        }
        Episode episode = new Episode(scope, crossedSecond, quietSeconds, sensors, reasons);
        for (int i = Stored.readSize(in, FRAMES, "frames"); i > 0; i--) {
            episode.frames.add(in.readLong());
        }
        episode.clockShift = in.readLong();
        episode.firstSeen = in.readLong();
        episode.lastSeen = in.readLong();
        episode.toldSecond = in.readLong();
        episode.packets = in.readLong();
        episode.bytes = in.readLong();
        episode.changed = in.readBoolean();
        return episode;
    }
}
