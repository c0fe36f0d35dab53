package io.tripline.rules.flood;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.network.Service;
import io.tripline.rules.sketch.AddressIndex;
import io.tripline.schemas.Address;
import io.tripline.schemas.Conversation;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import io.tripline.schemas.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Folds packet batches into one {@link Inflow} for each target and second.
 *
 * <p>Looks only at what can be part of a flood: how TCP conversations begin, datagrams and ICMP queries, and what a target answers to these.
 * The volume of TCP conversations, which is most traffic, costs one comparison. Packets to multicast groups and broadcast are nobody's flood.
 *
 * <p>Cost: one look-up and one sample update for each packet that counts; nothing is allocated for a packet, about 300 bytes for a target's
 * second. Memory: at most {@link #TARGETS} inflows between two flushes. Of the targets that a second has a single packet for, as a sweep or
 * back-scatter makes them in millions, the first {@link #SINGLES} are handed over; the others are counted.
 */
public final class InflowFold implements Fold {
    private static final long SECOND = 1_000_000;
    private static final int TARGETS = 65_536;

    /** Far below any flood, far above what anybody's ordinary traffic has. */
    static final int SINGLES = 8_192;

    /** Options that a packet crafter leaves out: SACK permitted, window scale, timestamps (RFC 2018, RFC 7323). */
    private static final int STACK_OPTIONS = 2 | 4 | 16;

    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REPLY_V6 = 129;
    private static final int BACKSCATTER = Indicator.SYNACK_ORPHAN.bit() | Indicator.RST_ORPHAN.bit();

    private final Consumer<Inflow> inflows;
    private final AddressIndex targets = new AddressIndex(TARGETS);
    private final List<Inflow> open = new ArrayList<>();
    private long second = Long.MIN_VALUE;
    private long newestSecond = Long.MIN_VALUE;
    private int singles;
    private long notFollowed;

    public InflowFold(Consumer<Inflow> inflows) {
        this.inflows = inflows;
    }

    @Override
    public void add(PacketBatch batch) {
        long start = batch.getTime();
        for (PacketRecord packet : batch.getRecords()) {
            switch (packet.getProtocol()) {
                case IpProtocol.TCP -> tcp(batch, packet, start + packet.getTime());
                case IpProtocol.UDP -> udp(batch, packet, start + packet.getTime());
                case IpProtocol.ICMP, IpProtocol.ICMPV6 -> icmp(batch, packet, start + packet.getTime());
                default -> {}
            }
        }
        for (Volume volume : batch.getVolumes()) {
            if (volume.getProtocol() == IpProtocol.UDP) {
                udp(batch, volume, start);
            }
        }
    }

    @Override
    public void flush() {
        for (Inflow inflow : open) {
            if (inflow.packets() > 1 || ++singles <= SINGLES) {
                inflows.accept(inflow);
            } else {
                notFollowed++;
            }
        }
        open.clear();
        targets.clear();
    }

    /** Targets of a single packet so far that were not handed over, because their second had too many. */
    @Override
    public long notFollowed() {
        return notFollowed;
    }

    private void tcp(PacketBatch batch, PacketRecord packet, long time) {
        Technique technique = packet.getTechnique();
        if ((packet.getIndicators() & BACKSCATTER) != 0) {
            if (technique == Technique.NONE) {
                to(batch, packet, time).count(Count.BACKSCATTER, 1);
            }
            return;
        }
        if (technique == Technique.NONE) {
            return;
        }
        Role role = packet.getRole();
        if (technique != Technique.SYN) {
            if (packet.getFromInitiator() && (role == Role.ORPHAN || role == Role.REPEAT)) {
                to(batch, packet, time).count(Count.TCP_STRAY, 1);
            }
        } else if (!packet.getFromInitiator()) {
            answered(batch, packet, time);
        } else if (role == Role.FIRST || role == Role.REPEAT) {
            Inflow inflow = arrived(batch, packet, time, Kind.SYN);
            inflow.services().add(Service.of(IpProtocol.TCP, packet.getDestinationPort()));
            inflow.count(Count.SYN_REPEATS, role == Role.REPEAT ? 1 : 0);
            inflow.count(Count.SYN_OF_STACKS, (packet.getTcpOptions() & STACK_OPTIONS) != 0 ? 1 : 0);
        } else if (role == Role.ESTABLISHED) {
            arrived(batch, packet, time, Kind.CONNECTION);
        }
    }

    /** The target of a SYN accepts or refuses it. */
    private void answered(PacketBatch batch, PacketRecord packet, long time) {
        Outcome outcome = packet.getOutcome();
        if (packet.getRole() == Role.ANSWER && (outcome == Outcome.OPEN || outcome == Outcome.CLOSED)) {
            inflow(batch, packet.getSourceHigh(), packet.getSourceLow(), time, 1)
                    .count(outcome == Outcome.OPEN ? Count.SYN_ANSWERED : Count.SYN_REFUSED, 1);
        }
    }

    private void udp(PacketBatch batch, PacketRecord packet, long time) {
        Role role = packet.getRole();
        if (!packet.getFromInitiator()) {
            if (role == Role.ANSWER && packet.getTechnique() == Technique.NONE && packet.getOutcome() == Outcome.OPEN) {
                if (isHost(packet.getDestinationHigh(), packet.getDestinationLow())) {
                    arrived(batch, packet, time, Kind.REFLECTED);
                }
            } else if (isHost(packet.getSourceHigh(), packet.getSourceLow())) {
                inflow(batch, packet.getSourceHigh(), packet.getSourceLow(), time, 1)
                        .count(Count.UDP_ANSWERED, 1);
            }
            return;
        }
        if (!isHost(packet.getDestinationHigh(), packet.getDestinationLow())) {
            return;
        }
        Inflow inflow = arrived(batch, packet, time, Kind.UDP);
        inflow.services().add(Service.of(IpProtocol.UDP, packet.getDestinationPort()));
        if (role == Role.FIRST) {
            inflow.count(Count.UDP_BEGUN, 1);
            inflow.count(Count.UDP_QUESTIONS, packet.getDns() != null ? 1 : 0);
        }
    }

    private void udp(PacketBatch batch, Volume volume, long time) {
        long out = volume.getPacketsOut();
        long in = volume.getPacketsIn();
        if (isHost(volume.getResponderHigh(), volume.getResponderLow())) {
            Inflow inflow = inflow(batch, volume.getResponderHigh(), volume.getResponderLow(), time, out + in);
            inflow.count(Count.UDP_ANSWERED, in);
            if (out > 0) {
                inflow.ofKind(Kind.UDP)
                        .volume(volume.getInitiatorHigh(), volume.getInitiatorLow(), out, volume.getBytesOut());
                inflow.services().add(Service.of(IpProtocol.UDP, volume.getResponderPort()));
            }
        }
        if (amplifies(volume.getResponderPort()) && isHost(volume.getInitiatorHigh(), volume.getInitiatorLow())) {
            Inflow victim = inflow(batch, volume.getInitiatorHigh(), volume.getInitiatorLow(), time, out + in);
            victim.count(Count.AMPLIFIER_ASKED, out);
            if (in > 0) {
                victim.ofKind(Kind.REFLECTED)
                        .volume(volume.getResponderHigh(), volume.getResponderLow(), in, volume.getBytesIn());
            }
        }
    }

    private void icmp(PacketBatch batch, PacketRecord packet, long time) {
        Conversation about = packet.getAbout();
        if (about != null) {
            if (packet.getOutcome() == Outcome.CLOSED && about.getProtocol() == IpProtocol.UDP) {
                inflow(batch, about.getResponderHigh(), about.getResponderLow(), time, 1)
                        .count(Count.UDP_REFUSED, 1);
            } else if (packet.getOutcome() == Outcome.CLOSED && packet.getTechnique() == Technique.SYN) {
                inflow(batch, about.getResponderHigh(), about.getResponderLow(), time, 1)
                        .count(Count.SYN_REFUSED, 1);
            }
            return;
        }
        int type = packet.getSourcePort();
        boolean reply = packet.getProtocol() == IpProtocol.ICMP
                ? type == ECHO_REPLY || type == 14 || type == 16 || type == 18
                : type == ECHO_REPLY_V6;
        if (reply && packet.getRole() != Role.ORPHAN) {
            if (isHost(packet.getSourceHigh(), packet.getSourceLow())) {
                inflow(batch, packet.getSourceHigh(), packet.getSourceLow(), time, 1)
                        .count(Count.ICMP_ANSWERED, 1);
            }
        } else if ((reply || isQuery(packet)) && isHost(packet.getDestinationHigh(), packet.getDestinationLow())) {
            arrived(batch, packet, time, Kind.ICMP);
        }
    }

    private static boolean isQuery(PacketRecord packet) {
        int type = packet.getSourcePort();
        return packet.getProtocol() == IpProtocol.ICMP
                ? type == 8 || type == 13 || type == 15 || type == 17
                : type == 128;
    }

    /** Services that answer more than they are asked and are abused for it (CISA alert TA14-017A), DNS aside: each of its messages has a record. */
    private static boolean amplifies(int port) {
        return switch (port) {
            case 17, 19, 69, 111, 123, 137, 161, 389, 520, 1900, 3283, 3702, 5683, 10_001, 11_211, 27_015, 37_810 ->
                true;
            default -> false;
        };
    }

    private Inflow arrived(PacketBatch batch, PacketRecord packet, long time, Kind kind) {
        Inflow inflow = to(batch, packet, time);
        inflow.ofKind(kind)
                .packet(
                        packet.getSourceHigh(),
                        packet.getSourceLow(),
                        packet.getLength(),
                        time,
                        batch.getFirstFrame() + packet.getFrame());
        return inflow;
    }

    private Inflow to(PacketBatch batch, PacketRecord packet, long time) {
        return inflow(batch, packet.getDestinationHigh(), packet.getDestinationLow(), time, 1);
    }

    private Inflow inflow(PacketBatch batch, long high, long low, long time, long packets) {
        long inSecond = Math.floorDiv(time, SECOND);
        if (inSecond != second) {
            flush();
            second = inSecond;
            if (second > newestSecond) {
                newestSecond = second;
                singles = 0;
            }
        }
        int index = targets.indexOf(high, low);
        if (index < 0) {
            flush();
            index = targets.indexOf(high, low);
        }
        if (index == open.size()) {
            open.add(new Inflow(new Address(high, low), second));
        }
        Inflow inflow = open.get(index);
        inflow.seenBy(batch.getSensor(), batch.getClockShift(), batch.getAnswersVisible(), packets);
        return inflow;
    }

    /** Not a multicast group, nor broadcast or reserved IPv4. */
    private static boolean isHost(long high, long low) {
        return Address.isIpv4(high, low) ? (low >>> 28 & 0xf) != 0xf && (low >>> 28 & 0xf) != 0xe : high >>> 56 != 0xff;
    }
}
