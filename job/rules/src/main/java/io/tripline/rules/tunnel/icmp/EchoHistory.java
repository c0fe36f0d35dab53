package io.tripline.rules.tunnel.icmp;

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
 * What {@link IcmpTunnel} remembers of a pair: the payloads of its slow window and the packets since the first of them. At most {@link #PAYLOADS}
 * payloads, about 25 kB; a pair with few payloads, as almost all have, takes less than 1 kB.
 */
public final class EchoHistory {
    static final int PAYLOADS = 256;

    private static final long SECOND = 1_000_000;

    private final LowestHashes<EchoPayload> payloads;
    private PacketTotals totals;
    private @Nullable Episode episode;

    EchoHistory() {
        this(new LowestHashes<>(PAYLOADS), new PacketTotals());
    }

    private EchoHistory(LowestHashes<EchoPayload> payloads, PacketTotals totals) {
        this.payloads = payloads;
        this.totals = totals;
    }

    void add(EchoActivity part) {
        payloads.addAll(part.payloads());
        totals.addAll(part.totals());
    }

    /** Forgets payloads that were last seen before the given second. */
    void forgetBefore(long second) {
        payloads.entries().removeIf(payload -> payload.last() < second * SECOND);
        if (payloads.entries().isEmpty()) {
            payloads.forgetLeftOut();
            if (episode == null) {
                totals = new PacketTotals();
            }
        }
    }

    /** Payloads seen in this second or later. */
    List<EchoPayload> since(long second) {
        List<EchoPayload> recent = new ArrayList<>();
        for (EchoPayload payload : payloads.entries()) {
            if (payload.last() >= second * SECOND) {
                recent.add(payload);
            }
        }
        return recent;
    }

    Collection<EchoPayload> all() {
        return payloads.entries();
    }

    /** How many there were where so many of the sample are so. */
    long scaled(long count) {
        return payloads.scaled(count);
    }

    boolean sampled() {
        return payloads.sampled();
    }

    PacketTotals totals() {
        return totals;
    }

    @Nullable
    Episode episode() {
        return episode;
    }

    void episode(@Nullable Episode opened) {
        episode = opened;
    }

    /** Starts over: what was told in an incident that is closed belongs to no other. */
    void clear() {
        payloads.entries().clear();
        payloads.forgetLeftOut();
        totals = new PacketTotals();
        episode = null;
    }

    void write(DataOutput out) throws IOException {
        payloads.write(out);
        totals.write(out);
        out.writeBoolean(episode != null);
        if (episode != null) {
            episode.write(out);
        }
    }

    static EchoHistory read(DataInput in) throws IOException {
        EchoHistory history =
                new EchoHistory(LowestHashes.read(in, PAYLOADS, EchoPayload::read), PacketTotals.read(in));
        history.episode = in.readBoolean() ? Episode.read(in) : null;
        return history;
    }
}
