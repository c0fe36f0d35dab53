package io.tripline.rules.tunnel.dns;

import io.tripline.rules.incident.PacketTotals;
import io.tripline.rules.sketch.LowestHashes;
import io.tripline.rules.tunnel.SlowWindow;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What {@link DnsTunnel} remembers of a client and a domain: encoded names of its slow window and messages since the first of them. At most
 * {@link #NAMES} names, about 20 kB; most keys hold one name and take less than 1 kB.
 */
public final class NameHistory extends SlowWindow<NameActivity, EncodedName> {
    static final int NAMES = 256;

    private NameTotals details;

    NameHistory() {
        this(new LowestHashes<>(NAMES), new PacketTotals(), new NameTotals());
    }

    private NameHistory(LowestHashes<EncodedName> names, PacketTotals totals, NameTotals details) {
        super(names, totals);
        this.details = details;
    }

    @Override
    public PacketTotals add(NameActivity part) {
        add(part.names(), part.totals());
        details.addAll(part.details());
        return part.totals();
    }

    NameTotals details() {
        return details;
    }

    @Override
    protected void forgetTotals() {
        details = new NameTotals();
    }

    @Override
    protected void writeTotals(DataOutput out) throws IOException {
        details.write(out);
    }

    static NameHistory read(DataInput in) throws IOException {
        NameHistory history = new NameHistory(
                LowestHashes.read(in, NAMES, EncodedName::read), PacketTotals.read(in), NameTotals.read(in));
        history.readEpisode(in);
        return history;
    }
}
