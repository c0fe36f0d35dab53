package io.tripline.rules.tunnel.dns;

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
 * What {@link DnsTunnel} remembers of a client and a domain: encoded names of its slow window and messages since the first of them. At most
 * {@link #NAMES} names, about 20 kB; most keys hold one name and take less than 1 kB.
 */
public final class NameHistory {
    static final int NAMES = 256;

    private static final long SECOND = 1_000_000;

    private final LowestHashes<EncodedName> names;
    private PacketTotals totals;
    private NameTotals details;
    private @Nullable Episode episode;

    NameHistory() {
        this(new LowestHashes<>(NAMES), new PacketTotals(), new NameTotals());
    }

    private NameHistory(LowestHashes<EncodedName> names, PacketTotals totals, NameTotals details) {
        this.names = names;
        this.totals = totals;
        this.details = details;
    }

    void add(NameActivity part) {
        names.addAll(part.names());
        totals.addAll(part.totals());
        details.addAll(part.details());
    }

    /** Forgets names that were last seen before the given second. */
    void forgetBefore(long second) {
        names.entries().removeIf(name -> name.last() < second * SECOND);
        if (names.entries().isEmpty()) {
            names.forgetLeftOut();
            if (episode == null) {
                totals = new PacketTotals();
                details = new NameTotals();
            }
        }
    }

    /** Names seen in this second or later. */
    List<EncodedName> since(long second) {
        List<EncodedName> recent = new ArrayList<>();
        for (EncodedName name : names.entries()) {
            if (name.last() >= second * SECOND) {
                recent.add(name);
            }
        }
        return recent;
    }

    Collection<EncodedName> all() {
        return names.entries();
    }

    /** How many there were where so many of the sample are so. */
    long scaled(long count) {
        return names.scaled(count);
    }

    boolean sampled() {
        return names.sampled();
    }

    PacketTotals totals() {
        return totals;
    }

    NameTotals details() {
        return details;
    }

    @Nullable
    Episode episode() {
        return episode;
    }

    void episode(Episode opened) {
        episode = opened;
    }

    /** Starts over: what was told in an incident that is closed belongs to no other. */
    void clear() {
        episode = null;
        forgetBefore(Long.MAX_VALUE / SECOND);
    }

    void write(DataOutput out) throws IOException {
        names.write(out);
        totals.write(out);
        details.write(out);
        out.writeBoolean(episode != null);
        if (episode != null) {
            episode.write(out);
        }
    }

    static NameHistory read(DataInput in) throws IOException {
        NameHistory history = new NameHistory(
                LowestHashes.read(in, NAMES, EncodedName::read), PacketTotals.read(in), NameTotals.read(in));
        history.episode = in.readBoolean() ? Episode.read(in) : null;
        return history;
    }
}
