package io.tripline.rules.tunnel;

import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.PacketTotals;
import io.tripline.rules.sketch.LowestHashes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a rule about tunnels remembers of a subject: a sample of the different things that it sent in the slow window, all packets since the first of
 * these, and the open incident.
 *
 * @param <P> what a subject did in a second
 * @param <E> what is counted: names, payloads
 */
public abstract class SlowWindow<P, E extends SlowWindow.Entry<E>> {
    /** Something of which the latest sight is known. */
    public interface Entry<E> extends LowestHashes.Entry<E> {
        /** Stream time at which it was last seen, microseconds. */
        long last();
    }

    private static final long SECOND = 1_000_000;

    private final LowestHashes<E> sample;
    private PacketTotals totals;
    private @Nullable Episode episode;

    protected SlowWindow(LowestHashes<E> sample, PacketTotals totals) {
        this.sample = sample;
        this.totals = totals;
    }

    /** Takes in a second; what packets it had. */
    public abstract PacketTotals add(P part);

    protected void add(LowestHashes<E> seen, PacketTotals packets) {
        sample.addAll(seen);
        totals.addAll(packets);
    }

    /** Forgets what was last seen before the given second. */
    void forgetBefore(long second) {
        sample.entries().removeIf(entry -> entry.last() < second * SECOND);
        if (sample.entries().isEmpty()) {
            sample.forgetLeftOut();
            if (episode == null) {
                totals = new PacketTotals();
                forgetTotals();
            }
        }
    }

    /** Forgets what is known besides of all packets. */
    protected void forgetTotals() {}

    /** What was seen in this second or later. */
    List<E> since(long second) {
        List<E> recent = new ArrayList<>();
        for (E entry : sample.entries()) {
            if (entry.last() >= second * SECOND) {
                recent.add(entry);
            }
        }
        return recent;
    }

    public Collection<E> all() {
        return sample.entries();
    }

    /** How many there were where so many of the sample are so. */
    public long scaled(long count) {
        return sample.scaled(count);
    }

    /** Whether there were more than the sample holds. */
    public boolean sampled() {
        return sample.sampled();
    }

    /** All packets since the first of what is remembered. */
    public PacketTotals totals() {
        return totals;
    }

    @Nullable
    Episode episode() {
        return episode;
    }

    void open(Episode opened) {
        episode = opened;
    }

    /** Starts over: what was told in an incident that is closed belongs to no other. */
    void clear() {
        episode = null;
        forgetBefore(Long.MAX_VALUE / SECOND);
    }

    void write(DataOutput out) throws IOException {
        sample.write(out);
        totals.write(out);
        writeTotals(out);
        out.writeBoolean(episode != null);
        if (episode != null) {
            episode.write(out);
        }
    }

    /** Writes what is known besides of all packets. */
    protected void writeTotals(DataOutput out) throws IOException {}

    /** Reads the incident, which is written last. */
    protected void readEpisode(DataInput in) throws IOException {
        episode = in.readBoolean() ? Episode.read(in) : null;
    }
}
