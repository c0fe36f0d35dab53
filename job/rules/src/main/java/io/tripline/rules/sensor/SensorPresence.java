package io.tripline.rules.sensor;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.FindingDraft;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.sensor.PresenceSecond.Heard;
import io.tripline.rules.sensor.SensorEvidence.End;
import io.tripline.rules.sensor.SensorEvidence.Trouble;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A sensor is silent, or was never heard although it is listed: that part of {@link SensorHealth} which needs to know all sensors.
 *
 * <p><b>Method.</b> Silence is counted in seconds in which it could have been broken: those of the broker's clock in which another sensor was heard
 * directly. While the brokers are away nobody is silent; nor does it count that others' spools are read, at whatever speed, when they are back. A sensor is
 * heard by whatever comes from it, also by what lay in its spool. The incident is open until the sensor is heard again, or says that it stopped, or is retired
 * in the settings.
 *
 * <p><b>Memory.</b> About 100 bytes a sensor, at most {@link PresenceSecond#SENSORS}, and 500 for each that is silent. One that stopped in order and is
 * not listed is forgotten after an hour. <b>Cannot see.</b> That all sensors are silent: then nobody is heard, and no time passes.
 */
public final class SensorPresence implements SubjectDetector<String, PresenceSecond, SensorPresence.State> {
    /** Of the operator that hosts this. */
    public static final String UID = "sensor-presence";

    private static final long MICROSECONDS = 1_000_000;

    /** An incident is told again so often while it lasts, seconds. */
    private static final long UPDATE_SECONDS = 3_600;

    private static final long FORGOTTEN = 3_600;

    /** Those that are listed are remembered besides. */
    private static final int LISTED = 1 << 20;

    /** What is remembered of all sensors. */
    public static final class State {
        private long listened;
        private long through = Long.MIN_VALUE;
        private final SortedMap<String, Seen> sensors = new TreeMap<>();
    }

    private static final class Seen {
        private long heardAt;
        private long run;
        private long reached;
        private boolean ended;
        private boolean heard;
        private boolean expected;
        private @Nullable Episode silence;
        private Trouble trouble = Trouble.SILENT;
        private long told;

        private Seen(long heardAt, long reached) {
            this.heardAt = heardAt;
            this.reached = reached;
        }
    }

    private final SensorHealth.Settings settings;
    private final ListedSensors listed;
    private final Decision decision;

    public SensorPresence(SensorHealth.Settings settings, ListedSensors listed, DecisionTrace trace) {
        this.settings = settings;
        this.listed = listed;
        this.decision = new Decision(SensorHealth.RULE, trace);
    }

    @Override
    public State newState() {
        return new State();
    }

    @Override
    public void complete(
            long second, String all, @Nullable PresenceSecond part, State state, Consumer<Finding> findings) {
        if (part != null) {
            listen(part, state);
            part.heard().forEach((sensor, now) -> hear(second, sensor, now, part, state, findings));
        }
        for (String sensor : listed.byName().keySet()) {
            if (listed.isExpected(sensor) && !state.sensors.containsKey(sensor)) {
                state.sensors.put(sensor, new Seen(state.listened, second * MICROSECONDS));
            }
        }
        for (Iterator<Map.Entry<String, Seen>> each = state.sensors.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<String, Seen> entry = each.next();
            if (!judge(second, entry.getKey(), entry.getValue(), state, findings)) {
                each.remove();
            }
        }
    }

    private static void listen(PresenceSecond part, State state) {
        for (long heardAt : part.listened()) {
            if (heardAt > state.through) {
                state.through = heardAt;
                state.listened++;
            }
        }
    }

    private void hear(
            long second, String sensor, Heard now, PresenceSecond part, State state, Consumer<Finding> findings) {
        Seen seen = state.sensors.get(sensor);
        if (seen == null) {
            if (state.sensors.size() >= PresenceSecond.SENSORS && !makeRoom(state)) {
                return;
            }
            seen = new Seen(state.listened, now.reached());
            state.sensors.put(sensor, seen);
        }
        long since = part.listened().tailSet(now.appended() + 1).size();
        seen.heardAt = Math.max(seen.heardAt, state.listened - since);
        seen.heard = true;
        boolean later = now.run() > seen.run;
        if (later || (now.run() == seen.run && now.ending())) {
            seen.ended = now.ending();
        }
        seen.run = Math.max(seen.run, now.run());
        seen.reached = Math.max(seen.reached, now.reached());
        if (seen.silence != null) {
            close(second, seen, seen.ended ? End.STOPPED : now.spooled() ? End.SPOOLED : End.BACK, findings);
        }
    }

    /** Whether it has to be remembered further. */
    private boolean judge(long second, String sensor, Seen seen, State state, Consumer<Finding> findings) {
        boolean unlisted = seen.expected && !listed.isExpected(sensor);
        seen.expected = listed.isExpected(sensor);
        if (unlisted || listed.isRetired(sensor)) {
            close(second, seen, End.RETIRED, findings);
            return false;
        }
        long silent = state.listened - seen.heardAt;
        if (seen.ended) {
            return seen.expected || silent < FORGOTTEN;
        }
        Episode open = seen.silence;
        long limit = settings.silence().toSeconds() - 1;
        if (open == null) {
            if (decision.about(sensor, second).passes(SensorTestId.SILENT, silent, limit)) {
                Trouble trouble = seen.heard ? Trouble.SILENT : Trouble.MISSING;
                Episode opened = new Episode(sensor + " " + trouble.id(), second, Episode.QUIET_SECONDS);
                opened.add(seen.reached, seen.reached, 0, 0);
                opened.because(Reason.of(trouble, "", silent, limit));
                SensorCounts counts = new SensorCounts();
                counts.add(sensor, 1);
                opened.seenBy(counts, 0);
                seen.silence = opened;
                seen.trouble = trouble;
                tell(Stage.OPENED, second, seen, opened, End.NOT_YET, findings);
            }
        } else if (second >= seen.told + UPDATE_SECONDS) {
            tell(Stage.UPDATED, second, seen, open, End.NOT_YET, findings);
        }
        return true;
    }

    private static void close(long second, Seen seen, End end, Consumer<Finding> findings) {
        Episode open = seen.silence;
        if (open != null) {
            tell(Stage.CLOSED, second, seen, open, end, findings);
            seen.silence = null;
        }
    }

    private static void tell(Stage stage, long second, Seen seen, Episode open, End end, Consumer<Finding> findings) {
        long now = (second + 1) * MICROSECONDS;
        long began = open.firstSeen();
        open.add(Math.max(began, now), Math.max(began, now), 0, 0);
        FindingDraft draft = open.draft(stage, SensorHealth.RULE, SensorHealth.NOBODY, second);
        draft.changed = now;
        seen.told = second;
        long seconds = Math.max(0, (now - began) / MICROSECONDS);
        findings.accept(draft.detail(new SensorEvidence(seen.trouble, seconds, 0, 0, end))
                .finding());
    }

    /** Forgets one that stopped; false where there is none. */
    private static boolean makeRoom(State state) {
        for (Iterator<Seen> each = state.sensors.values().iterator(); each.hasNext(); ) {
            Seen seen = each.next();
            if (seen.ended && !seen.expected) {
                each.remove();
                return true;
            }
        }
        return false;
    }

    /** Time passes only where somebody is heard. */
    @Override
    public long wakeUp(State state) {
        return Long.MAX_VALUE;
    }

    @Override
    public boolean isIdle(State state) {
        return state.sensors.isEmpty();
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        out.writeLong(state.listened);
        out.writeLong(state.through);
        out.writeInt(state.sensors.size());
        for (Map.Entry<String, Seen> each : state.sensors.entrySet()) {
            Stored.writeText(each.getKey(), out);
            Seen seen = each.getValue();
            for (long value : new long[] {seen.heardAt, seen.reached, seen.run, seen.told}) {
                out.writeLong(value);
            }
            out.writeBoolean(seen.ended);
            out.writeBoolean(seen.heard);
            out.writeBoolean(seen.expected);
            Stored.writeName(seen.trouble, out);
            Episode open = seen.silence;
            out.writeBoolean(open != null);
            if (open != null) {
                open.write(out);
            }
        }
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        state.listened = in.readLong();
        state.through = in.readLong();
        for (int i = Stored.readSize(in, LISTED, "sensors"); i > 0; i--) {
            String sensor = Stored.readText(in);
            Seen seen = new Seen(in.readLong(), in.readLong());
            seen.run = in.readLong();
            seen.told = in.readLong();
            seen.ended = in.readBoolean();
            seen.heard = in.readBoolean();
            seen.expected = in.readBoolean();
            seen.trouble = Stored.readName(Trouble.class, in);
            seen.silence = in.readBoolean() ? Episode.read(in) : null;
            state.sensors.put(sensor, seen);
        }
        return state;
    }
}
