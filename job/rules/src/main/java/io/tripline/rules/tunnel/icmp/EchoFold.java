package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.engine.SecondFold;
import io.tripline.rules.engine.SinglePacketLimiter;
import io.tripline.rules.network.HostPair;
import io.tripline.schemas.Address;
import io.tripline.schemas.Echo;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import java.util.function.Consumer;

/** Folds echo messages that carry a payload into one {@link EchoActivity} for each pair and second. Who sends requests is the initiator. */
public final class EchoFold extends SecondFold<HostPair, EchoActivity> {
    private static final int PAIRS = 4_096;
    private static final int REQUEST = 8;
    private static final int REQUEST_IPV6 = 128;

    public EchoFold(Consumer<? super EchoActivity> parts) {
        super(new SinglePacketLimiter<EchoActivity>(part -> part.totals().packets() == 1, parts), PAIRS);
    }

    @Override
    public void add(PacketBatch batch) {
        for (PacketRecord packet : batch.getRecords()) {
            Echo echo = packet.getEcho();
            if (echo != null && EchoPayload.content(echo) != 0) {
                boolean request = packet.getSourcePort() == REQUEST || packet.getSourcePort() == REQUEST_IPV6;
                Address source = new Address(packet.getSourceHigh(), packet.getSourceLow());
                Address destination = new Address(packet.getDestinationHigh(), packet.getDestinationLow());
                HostPair pair = request ? new HostPair(source, destination) : new HostPair(destination, source);
                part(pair, batch.getTime() + packet.getTime()).add(batch, packet, echo, request);
            }
        }
    }

    @Override
    protected EchoActivity newPart(HostPair subject, long inSecond) {
        return new EchoActivity(subject, inSecond);
    }
}
