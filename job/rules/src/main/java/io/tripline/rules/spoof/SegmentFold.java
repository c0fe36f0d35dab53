package io.tripline.rules.spoof;

import io.tripline.rules.engine.SecondFold;
import io.tripline.schemas.Address;
import io.tripline.schemas.Conversation;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Neighbour;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Folds ARP (RFC 826, RFC 5227) and neighbour discovery (RFC 4861) into one {@link SegmentSecond} for each segment, VLAN and second. Cost: an
 * object or three for each such packet, which are rare. Memory: at most {@link #SEGMENTS} parts between two flushes.
 */
public final class SegmentFold extends SecondFold<Segment, SegmentSecond> {
    private static final int SEGMENTS = 256;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;
    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int OVERRIDE = 1;

    /** Receivers discard neighbour discovery that may have come through a router (RFC 4861, 7.1). */
    private static final int ON_LINK = 255;

    public SegmentFold(Consumer<? super SegmentSecond> parts) {
        super(parts, SEGMENTS);
    }

    @Override
    protected SegmentSecond newPart(Segment segment, long inSecond) {
        return new SegmentSecond(segment, inSecond);
    }

    @Override
    protected long leftOut(SegmentSecond part) {
        return part.dropped();
    }

    @Override
    public void add(PacketBatch batch) {
        String name = batch.getSegment().isEmpty() ? batch.getSensor() : batch.getSegment();
        for (PacketRecord packet : batch.getRecords()) {
            Neighbour said = packet.getArp();
            if (said != null && (packet.getProtocol() == IpProtocol.ARP || packet.getTtl() == ON_LINK)) {
                long time = batch.getTime() + packet.getTime();
                SegmentSecond part = part(new Segment(name, packet.getVlan()), time);
                part.seenBy(batch.getSensor(), batch.getClockShift());
                Claimed once =
                        new Claimed(1, packet.getLength(), time, time, batch.getFirstFrame() + packet.getFrame());
                add(part, packet, said, once);
            }
        }
    }

    private static void add(SegmentSecond part, PacketRecord packet, Neighbour said, Claimed once) {
        Address source = new Address(packet.getSourceHigh(), packet.getSourceLow());
        Address other = new Address(packet.getDestinationHigh(), packet.getDestinationLow());
        if (packet.getProtocol() == IpProtocol.ARP) {
            switch (said.getOperation()) {
                case REQUEST -> request(part, said, source, other, once);
                case REPLY -> reply(part, said, source, other, once);
                default -> {}
            }
            return;
        }
        switch (said.getOperation()) {
            case SOLICITATION -> solicitation(part, said, source, other, once);
            case ADVERTISEMENT -> advertisement(part, said, other, packet.getAbout(), once);
            case ROUTER_ADVERTISEMENT ->
                claim(part, said, source, said.getSenderMac(), ClaimKind.ANNOUNCEMENT, 0, Claim.NOBODY, once);
            default -> {}
        }
    }

    private static void request(SegmentSecond part, Neighbour said, Address source, Address asked, Claimed once) {
        long receiver = host(said.getLinkDestination());
        boolean gratuitous = source.equals(asked);
        if (!gratuitous) {
            part.ask(new Solicitation(device(said, said.getSenderMac()), asked, source.isMac()), 1);
        }
        ClaimKind kind = !gratuitous ? ClaimKind.MENTION : receiver != 0 ? ClaimKind.REPLY : ClaimKind.ANNOUNCEMENT;
        claim(part, said, source, said.getSenderMac(), kind, receiver, gratuitous ? Claim.NOBODY : asked, once);
    }

    private static void reply(SegmentSecond part, Neighbour said, Address source, Address to, Claimed once) {
        boolean gratuitous = source.equals(to);
        long receiver = host(said.getLinkDestination());
        long named = host(said.getTargetMac());
        if (receiver == 0 && !gratuitous && named != said.getSenderMac()) {
            receiver = named;
        }
        Address told = gratuitous || to.isMac() ? Claim.NOBODY : to;
        ClaimKind kind = receiver != 0 ? ClaimKind.REPLY : gratuitous ? ClaimKind.ANNOUNCEMENT : ClaimKind.BROADCAST;
        claim(part, said, source, said.getSenderMac(), kind, receiver, told, once);
    }

    private static void solicitation(SegmentSecond part, Neighbour said, Address source, Address asked, Claimed once) {
        boolean probe = source.equals(Claim.NOBODY);
        part.ask(new Solicitation(device(said, said.getSenderMac()), asked, probe), 1);
        if (!probe) {
            long receiver = host(said.getLinkDestination());
            claim(part, said, source, said.getSenderMac(), ClaimKind.MENTION, receiver, asked, once);
        }
    }

    private static void advertisement(
            SegmentSecond part, Neighbour said, Address about, @Nullable Conversation answers, Claimed once) {
        long receiver = host(said.getLinkDestination());
        Address told =
                answers == null ? Claim.NOBODY : new Address(answers.getInitiatorHigh(), answers.getInitiatorLow());
        boolean overrides = (said.getFlags() & OVERRIDE) != 0;
        boolean toOne = receiver != 0 || answers != null;
        ClaimKind kind = !overrides ? ClaimKind.MENTION : toOne ? ClaimKind.REPLY : ClaimKind.ANNOUNCEMENT;
        claim(part, said, about, said.getTargetMac(), kind, receiver, told, once);
    }

    /** A message without a hardware address of its own speaks for that of the frame. */
    private static void claim(
            SegmentSecond part,
            Neighbour said,
            Address address,
            long given,
            ClaimKind kind,
            long toldMac,
            Address told,
            Claimed once) {
        long mac = given != 0 ? given : said.getLinkSource();
        if (mac != 0 && !address.isMac() && !address.equals(Claim.NOBODY)) {
            part.claim(new Claim(address, mac, device(said, mac), kind, toldMac, told), once);
        }
    }

    private static long device(Neighbour said, long mac) {
        return said.getLinkSource() != 0 ? said.getLinkSource() : mac;
    }

    /** The MAC address if it is one host's, otherwise 0. */
    private static long host(long mac) {
        return (mac >>> 40 & 1) == 0 ? mac : 0;
    }
}
