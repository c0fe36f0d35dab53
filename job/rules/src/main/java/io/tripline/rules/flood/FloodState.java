package io.tripline.rules.flood;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.flood.Arrivals.Kind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one target: its latest seconds, what is usual there, and open incidents.
 *
 * <p>A target is remembered from a second with {@link #BUSY} packets on. What a target got before that cannot matter: ten times as much is still
 * below every threshold.
 */
public final class FloodState {
    /** Packets in one second from which on a target is remembered. */
    static final int BUSY = 16;

    private static final Kind[] KINDS = Kind.values();
    private static final int MOST_INCIDENTS = 16;

    private final Deque<Inflow> recent = new ArrayDeque<>();
    private final @Nullable RateHistory[] usual = new RateHistory[KINDS.length];
    private final List<FloodIncident> incidents = new ArrayList<>();

    /** The latest seconds, oldest first. */
    Collection<Inflow> recent() {
        return recent;
    }

    /** Open incidents, one at most for each rule. */
    List<FloodIncident> incidents() {
        return incidents;
    }

    @Nullable
    FloodIncident incident(String rule) {
        for (FloodIncident incident : incidents) {
            if (incident.rule().equals(rule)) {
                return incident;
            }
        }
        return null;
    }

    /** Takes in a second and forgets those that are older than the window; by itself a quiet second begins nothing. */
    void add(long second, @Nullable Inflow part, int window) {
        while (!recent.isEmpty() && recent.getFirst().second() <= second - window) {
            recent.removeFirst();
        }
        if (part != null && (part.packets() >= BUSY || !isIdle())) {
            part.services().compact();
            recent.addLast(part);
        }
        for (int i = 0; i < usual.length; i++) {
            RateHistory history = usual[i];
            if (history != null && history.expires() <= second) {
                usual[i] = null;
            }
        }
    }

    /** Learns from a second what is usual; a kind that is flooding just now teaches nothing. */
    void learn(long second, Inflow part) {
        for (Kind kind : KINDS) {
            long packets = part.packets(kind);
            RateHistory history = usual[kind.code()];
            if (history == null && packets >= BUSY) {
                history = new RateHistory(second);
                usual[kind.code()] = history;
            }
            if (history != null && packets > 0) {
                boolean flooding = incidents.stream().anyMatch(incident -> incident.kind() == kind);
                history.add(second, flooding ? RateHistory.UNKNOWN : packets);
            }
        }
    }

    /** Usual packets a second; {@link RateHistory#UNKNOWN} where not known. */
    long usual(Kind kind, long second) {
        RateHistory history = usual[kind.code()];
        return history == null ? RateHistory.UNKNOWN : history.perSecond(second);
    }

    /** Seconds over which that was taken. */
    long usualSeconds(Kind kind, long second) {
        RateHistory history = usual[kind.code()];
        return history == null ? 0 : history.seconds(second);
    }

    boolean isIdle() {
        if (!recent.isEmpty() || !incidents.isEmpty()) {
            return false;
        }
        for (RateHistory history : usual) {
            if (history != null) {
                return false;
            }
        }
        return true;
    }

    long wakeUp(int window) {
        long next = recent.isEmpty() ? SubjectState.NEVER : recent.getLast().second() + window;
        for (FloodIncident incident : incidents) {
            next = Math.min(next, incident.episode().wakeUp());
        }
        for (RateHistory history : usual) {
            if (history != null) {
                next = Math.min(next, history.expires());
            }
        }
        return next;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(recent.size());
        for (Inflow inflow : recent) {
            inflow.write(out);
        }
        for (RateHistory history : usual) {
            out.writeBoolean(history != null);
            if (history != null) {
                history.write(out);
            }
        }
        out.writeInt(incidents.size());
        for (FloodIncident incident : incidents) {
            incident.write(out);
        }
    }

    static FloodState read(DataInput in) throws IOException {
        FloodState state = new FloodState();
        for (int i = Stored.readSize(in, FloodSettings.LONGEST_WINDOW, "seconds"); i > 0; i--) {
            state.recent.addLast(Inflow.read(in));
        }
        for (int i = 0; i < state.usual.length; i++) {
            state.usual[i] = in.readBoolean() ? RateHistory.read(in) : null;
        }
        for (int i = Stored.readSize(in, MOST_INCIDENTS, "open floods"); i > 0; i--) {
            state.incidents.add(FloodIncident.read(in));
        }
        return state;
    }
}
