package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.incident.PacketTotals;
import io.tripline.rules.sketch.LowestHashes;
import io.tripline.rules.tunnel.SlowWindow;
import java.io.DataInput;
import java.io.IOException;

/**
 * What {@link IcmpTunnel} remembers of a pair: the payloads of its slow window and the packets since the first of them. At most {@link #PAYLOADS}
 * payloads, about 25 kB; a pair with few payloads, as almost all have, takes less than 1 kB.
 */
public final class EchoHistory extends SlowWindow<EchoActivity, EchoPayload> {
    static final int PAYLOADS = 256;

    EchoHistory() {
        this(new LowestHashes<>(PAYLOADS), new PacketTotals());
    }

    private EchoHistory(LowestHashes<EchoPayload> payloads, PacketTotals totals) {
        super(payloads, totals);
    }

    @Override
    public PacketTotals add(EchoActivity part) {
        add(part.payloads(), part.totals());
        return part.totals();
    }

    static EchoHistory read(DataInput in) throws IOException {
        EchoHistory history =
                new EchoHistory(LowestHashes.read(in, PAYLOADS, EchoPayload::read), PacketTotals.read(in));
        history.readEpisode(in);
        return history;
    }
}
