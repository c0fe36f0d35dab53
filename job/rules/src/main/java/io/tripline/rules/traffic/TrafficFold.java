package io.tripline.rules.traffic;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.network.Service;
import io.tripline.rules.traffic.TrafficMinute.Volume;
import io.tripline.schemas.Address;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.ProtocolTotal;
import io.tripline.schemas.Role;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.UnreadTotal;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts all traffic: conversations by the second for the rules about segments; what these sum up to by the minute and sensor, with totals, for
 * the summary; and the first packets that show each indicator.
 *
 * <p>Each record and each volume takes one look-up, in the second's table of conversations. Everything else follows from that table once a
 * second: it is handed on, and added to the minute's. Totals, protocols, unread packets and indicators are exact; conversations are kept apart up
 * to {@link SegmentVolumes#CONVERSATIONS} a second and {@link #CONVERSATIONS} a minute, addresses up to {@link #ADDRESSES} a minute. What finds no
 * room there is in the totals. Memory: about 25 MiB when all of it is full. Whenever the sensor changes it hands over its minute, so give each
 * sensor one of its own.
 */
public final class TrafficFold implements Fold {
    /** Packets listed for each indicator; further ones are counted. */
    public static final int LISTED_EVENTS = 1_000;

    private static final int ADDRESSES = 65_536;
    private static final int CONVERSATIONS = 65_536;
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;

    private final Consumer<? super SegmentVolumes> seconds;
    private final Consumer<TrafficMinute> minutes;
    private final Consumer<IndicatorEvent> events;
    private final AddressVolumes addresses = new AddressVolumes(ADDRESSES);
    private final ConversationTable ofSecond = new ConversationTable(SegmentVolumes.CONVERSATIONS);
    private final ConversationTable conversations = new ConversationTable(CONVERSATIONS);
    private final long[] indicators = new long[Integer.SIZE];
    private final JudgedIndicators judged = new JudgedIndicators();
    private final int[] listed = new int[Integer.SIZE];
    private @Nullable TrafficMinute minute;
    private @Nullable SegmentVolumes second;

    public TrafficFold(
            Consumer<? super SegmentVolumes> seconds,
            Consumer<TrafficMinute> minutes,
            Consumer<IndicatorEvent> events) {
        this.seconds = seconds;
        this.minutes = minutes;
        this.events = events;
    }

    /** Bytes that its tables take, nearly all there is of a sensor's folds where it tells much. */
    public long bytes() {
        return addresses.bytes() + ofSecond.bytes() + conversations.bytes();
    }

    @Override
    public void add(PacketBatch batch) {
        TrafficMinute inMinute = minute(batch);
        inMinute.add(batch);
        for (ProtocolTotal protocol : batch.getProtocols()) {
            inMinute.protocols()
                    .merge(
                            protocol.getProtocol(),
                            new Volume(protocol.getPackets(), protocol.getBytes()),
                            Volume::plus);
        }
        for (UnreadTotal unread : batch.getUnread()) {
            inMinute.unread()
                    .merge(unread.getReason(), new Volume(unread.getPackets(), unread.getBytes()), Volume::plus);
        }
        if (batch.getPackets() == 0) {
            return;
        }
        SegmentVolumes inSecond = second(batch);
        inSecond.seenBy(batch.getSensor(), batch.getPackets(), batch.getClockShift(), batch.getAnswersVisible());
        for (PacketRecord packet : batch.getRecords()) {
            count(batch, packet, inSecond.conversations());
            int shown = packet.getIndicators() | judged.of(packet);
            if (shown != 0) {
                indicate(batch, packet, shown);
            }
        }
        for (io.tripline.schemas.Volume volume : batch.getVolumes()) {
            count(volume, inSecond.conversations());
        }
    }

    private void count(PacketBatch batch, PacketRecord packet, ConversationTable table) {
        long time = batch.getTime() + packet.getTime();
        boolean answers = answers(packet);
        int service = service(packet.getProtocol(), answers ? packet.getSourcePort() : packet.getDestinationPort());
        int row = answers
                ? table.row(
                        packet.getDestinationHigh(),
                        packet.getDestinationLow(),
                        packet.getSourceHigh(),
                        packet.getSourceLow(),
                        service)
                : table.row(
                        packet.getSourceHigh(),
                        packet.getSourceLow(),
                        packet.getDestinationHigh(),
                        packet.getDestinationLow(),
                        service);
        if (row < 0) {
            table.addOther(1, packet.getLength());
            addresses.sent(packet.getSourceHigh(), packet.getSourceLow(), 1, packet.getLength());
            addresses.received(packet.getDestinationHigh(), packet.getDestinationLow(), 1, packet.getLength());
            return;
        }
        table.span(row, time, time);
        table.frame(row, batch.getFirstFrame() + packet.getFrame());
        if (answers) {
            table.addIn(row, 1, packet.getLength());
            if (packet.getOutcome() == Outcome.OPEN) {
                table.opened(row, 1);
            }
        } else {
            table.addOut(row, 1, packet.getLength());
        }
        if (packet.getPayload() == 0 && Service.hasPort(service)) {
            table.bare(row, answers, packet.getLength());
        }
    }

    private void count(io.tripline.schemas.Volume volume, ConversationTable table) {
        int row = table.row(
                volume.getInitiatorHigh(),
                volume.getInitiatorLow(),
                volume.getResponderHigh(),
                volume.getResponderLow(),
                service(volume.getProtocol(), volume.getResponderPort()));
        if (row < 0) {
            table.addOther(volume.getPacketsOut() + volume.getPacketsIn(), volume.getBytesOut() + volume.getBytesIn());
            exchange(
                    volume.getInitiatorHigh(),
                    volume.getInitiatorLow(),
                    volume.getResponderHigh(),
                    volume.getResponderLow(),
                    volume.getPacketsOut(),
                    volume.getBytesOut(),
                    volume.getPacketsIn(),
                    volume.getBytesIn());
            return;
        }
        table.addOut(row, volume.getPacketsOut(), volume.getBytesOut());
        table.addIn(row, volume.getPacketsIn(), volume.getBytesIn());
    }

    private void exchange(
            long high,
            long low,
            long otherHigh,
            long otherLow,
            long packetsOut,
            long bytesOut,
            long packetsIn,
            long bytesIn) {
        addresses.sent(high, low, packetsOut, bytesOut);
        addresses.received(high, low, packetsIn, bytesIn);
        addresses.sent(otherHigh, otherLow, packetsIn, bytesIn);
        addresses.received(otherHigh, otherLow, packetsOut, bytesOut);
    }

    /** Whether its sender answers: also with a SYN-ACK or RST to somebody whose packets were not seen, as back-scatter does. */
    private static boolean answers(PacketRecord packet) {
        if (packet.getRole() == Role.ORPHAN && packet.getProtocol() == IpProtocol.TCP) {
            int flags = packet.getTcpFlags();
            return (flags & TcpFlags.RST) != 0
                    || (flags & (TcpFlags.SYN | TcpFlags.ACK)) == (TcpFlags.SYN | TcpFlags.ACK);
        }
        return !packet.getFromInitiator();
    }

    private static int service(int protocol, int port) {
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP -> Service.of(protocol, port);
            case IpProtocol.ICMP, IpProtocol.ICMPV6, IpProtocol.ARP -> Service.of(protocol, 0);
            default -> Service.of(Service.ANY_PROTOCOL, protocol);
        };
    }

    /** Hands over the second so far, and the minute if it ends with the given second or before. */
    public void flushThrough(long complete) {
        flushSecond();
        if (minute != null && (minute.minute() + 1) * (MINUTE / SECOND) - 1 <= complete) {
            flush();
        }
    }

    /** Hands over the second so far, which rules wait for. */
    public void flushSecond() {
        SegmentVolumes complete = second;
        if (complete == null) {
            return;
        }
        second = null;
        seconds.accept(complete.ofData());
        ConversationTable table = complete.conversations();
        for (int row = 0; row < table.size(); row++) {
            if (!table.isDated(row)) {
                table.span(row, complete.second() * SECOND, (complete.second() + 1) * SECOND - 1);
            }
            if (!conversations.add(table, row, complete.clockShift())) {
                exchange(table, row);
            }
        }
        Volume others = table.others();
        conversations.addOther(others.packets(), others.bytes());
        ofSecond.clear();
    }

    private void exchange(ConversationTable table, int row) {
        Address initiator = table.initiator(row);
        Address responder = table.responder(row);
        exchange(
                initiator.high(),
                initiator.low(),
                responder.high(),
                responder.low(),
                table.packetsOut(row),
                table.bytesOut(row),
                table.packetsIn(row),
                table.bytesIn(row));
    }

    @Override
    public void flush() {
        flushSecond();
        TrafficMinute complete = minute;
        if (complete == null) {
            return;
        }
        for (Indicator indicator : Indicator.values()) {
            long packets = indicators[Integer.numberOfTrailingZeros(indicator.bit())];
            if (packets > 0) {
                complete.indicators().put(indicator.id(), packets);
            }
        }
        for (int row = 0; row < conversations.size(); row++) {
            exchange(conversations, row);
        }
        complete.list(addresses, conversations);
        minutes.accept(complete);
        minute = null;
        addresses.clear();
        conversations.clear();
        Arrays.fill(indicators, 0);
    }

    private TrafficMinute minute(PacketBatch batch) {
        long number = Math.floorDiv(batch.getTime(), MINUTE);
        TrafficMinute known = minute;
        if (known == null || known.minute() != number || !known.sensor().equals(batch.getSensor())) {
            flush();
            known = new TrafficMinute(batch.getSensor(), number);
            minute = known;
        }
        return known;
    }

    private SegmentVolumes second(PacketBatch batch) {
        long number = Math.floorDiv(batch.getTime(), SECOND);
        String segment = batch.getSegment().isEmpty() ? batch.getSensor() : batch.getSegment();
        SegmentVolumes known = second;
        if (known == null || known.second() != number || !known.subject().equals(segment)) {
            flushSecond();
            known = new SegmentVolumes(segment, number, ofSecond);
            second = known;
        }
        return known;
    }

    private void indicate(PacketBatch batch, PacketRecord packet, int shown) {
        for (int rest = Indicator.known(shown); rest != 0; rest &= rest - 1) {
            int number = Integer.numberOfTrailingZeros(rest);
            indicators[number]++;
            if (listed[number] < LISTED_EVENTS) {
                listed[number]++;
                events.accept(new IndicatorEvent(
                        Indicator.ofBit(1 << number),
                        batch.getSensor(),
                        batch.getTime() + packet.getTime() - batch.getClockShift(),
                        batch.getFirstFrame() + packet.getFrame(),
                        packet.getProtocol(),
                        new Address(packet.getSourceHigh(), packet.getSourceLow()),
                        packet.getSourcePort(),
                        new Address(packet.getDestinationHigh(), packet.getDestinationLow()),
                        packet.getDestinationPort()));
            }
        }
    }
}
