package io.tripline.rules.tunnel.dns;

import io.tripline.rules.engine.SecondFold;
import io.tripline.rules.engine.SinglePacketLimiter;
import io.tripline.schemas.Address;
import io.tripline.schemas.Dns;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import java.util.function.Consumer;

/**
 * Folds DNS messages about names that look encoded into one {@link NameActivity} for each client, domain and second. Who sends queries, or is sent
 * answers, is the client. Multicast DNS (RFC 6762), LLMNR (RFC 4795), NetBIOS names and reverse look-ups are left out.
 */
public final class NameFold extends SecondFold<ClientDomain, NameActivity> {
    private static final int SUBJECTS = 4_096;
    private static final int NETBIOS = 137;
    private static final int LLMNR = 5355;

    private final NameReader reader = new NameReader();

    public NameFold(Consumer<? super NameActivity> parts) {
        super(new SinglePacketLimiter<NameActivity>(part -> part.totals().packets() == 1, parts), SUBJECTS);
    }

    @Override
    public void add(PacketBatch batch) {
        for (PacketRecord packet : batch.getRecords()) {
            Dns dns = packet.getDns();
            if (dns != null && isAboutNames(packet, dns)) {
                add(batch, packet, dns);
            }
        }
    }

    private void add(PacketBatch batch, PacketRecord packet, Dns dns) {
        NameShape shape = reader.shape(dns.getName());
        int carried = NameReader.carried(shape, dns.getType());
        if (carried > 0) {
            Address client = dns.getResponse()
                    ? new Address(packet.getDestinationHigh(), packet.getDestinationLow())
                    : new Address(packet.getSourceHigh(), packet.getSourceLow());
            part(new ClientDomain(client, shape.domain()), batch.getTime() + packet.getTime())
                    .add(batch, packet, dns, shape, carried);
        }
    }

    /** Whether it is a whole message about a name that may leave the segment, and no reverse look-up. */
    public static boolean isAboutNames(PacketRecord packet, Dns dns) {
        return dns.getComplete() && !isLocal(packet) && !NameReader.isReverse(dns.getName());
    }

    /** Whether it asks or tells neighbours: NetBIOS, LLMNR or a group; whatever that carries leaves no segment. */
    public static boolean isLocal(PacketRecord packet) {
        int source = packet.getSourcePort();
        int destination = packet.getDestinationPort();
        return source == NETBIOS
                || destination == NETBIOS
                || source == LLMNR
                || destination == LLMNR
                || packet.getDestinationHigh() >>> 56 == 0xff
                || (Address.isIpv4(packet.getDestinationHigh(), packet.getDestinationLow())
                        && ((packet.getDestinationLow() >>> 28) & 0xf) == 0xe);
    }

    @Override
    protected NameActivity newPart(ClientDomain subject, long inSecond) {
        return new NameActivity(subject, inSecond);
    }
}
