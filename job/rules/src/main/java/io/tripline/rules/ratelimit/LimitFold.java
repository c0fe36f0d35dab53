package io.tripline.rules.ratelimit;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.network.Prefix;
import io.tripline.rules.ratelimit.Limit.Count;
import io.tripline.rules.sketch.AddressIndex;
import io.tripline.schemas.Address;
import io.tripline.schemas.Dns;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts for each limit what each source did in a second. Memory: at most {@link #SOURCES} parts for each limit between two flushes; of sources with a
 * single packet, of which spoofing makes millions, the first {@link #SINGLES} of a second are handed over and the others counted.
 */
final class LimitFold implements Fold {
    private static final long SECOND = 1_000_000;
    private static final int SOURCES = 65_536;

    /** Far above what anybody's ordinary traffic has. */
    static final int SINGLES = 8_192;

    private final List<Counter> counters;
    private final Consumer<? super LimitCount> parts;

    LimitFold(List<Limit> limits, Consumer<? super LimitCount> parts) {
        this.parts = parts;
        this.counters = limits.stream().map(Counter::new).toList();
    }

    @Override
    public void add(PacketBatch batch) {
        for (PacketRecord packet : batch.getRecords()) {
            if (packet.getProtocol() != IpProtocol.ARP) {
                for (Counter counter : counters) {
                    counter.add(batch, packet);
                }
            }
        }
        for (Volume volume : batch.getVolumes()) {
            for (Counter counter : counters) {
                counter.add(batch, volume);
            }
        }
    }

    @Override
    public void flush() {
        counters.forEach(Counter::flush);
    }

    /** Sources of a single packet that were not handed over, because their second had too many. */
    @Override
    public long notFollowed() {
        return counters.stream().mapToLong(counter -> counter.notFollowed).sum();
    }

    private static boolean isIcmp(int protocol) {
        return protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6;
    }

    /** What one limit counts. */
    private final class Counter {
        private final Limit limit;
        private final AddressIndex sources = new AddressIndex(SOURCES);
        /** By the number of the source; null for one that the limit leaves alone. */
        private final List<@Nullable LimitCount> open = new ArrayList<>();

        private long second = Long.MIN_VALUE;
        private long newestSecond = Long.MIN_VALUE;
        private int singles;
        private long notFollowed;

        Counter(Limit limit) {
            this.limit = limit;
        }

        void add(PacketBatch batch, PacketRecord packet) {
            long counted = counted(packet);
            if (counted == 0) {
                return;
            }
            long time = batch.getTime() + packet.getTime();
            LimitCount part = part(packet.getSourceHigh(), packet.getSourceLow(), time);
            if (part != null) {
                long frame = batch.getFirstFrame() + packet.getFrame();
                part.seenBy(batch.getSensor(), 1, batch.getClockShift());
                part.add(
                        packet.getDestinationHigh(),
                        packet.getDestinationLow(),
                        time,
                        frame,
                        counted,
                        1,
                        packet.getLength());
            }
        }

        void add(PacketBatch batch, Volume volume) {
            boolean counts = limit.count() == Count.PACKETS
                    || limit.count() == Count.BYTES
                    || (limit.count() == Count.ICMP && isIcmp(volume.getProtocol()));
            if (!counts) {
                return;
            }
            add(
                    batch,
                    volume.getInitiatorHigh(),
                    volume.getInitiatorLow(),
                    volume.getResponderHigh(),
                    volume.getResponderLow(),
                    volume.getPacketsOut(),
                    volume.getBytesOut());
            add(
                    batch,
                    volume.getResponderHigh(),
                    volume.getResponderLow(),
                    volume.getInitiatorHigh(),
                    volume.getInitiatorLow(),
                    volume.getPacketsIn(),
                    volume.getBytesIn());
        }

        private void add(PacketBatch batch, long high, long low, long toHigh, long toLow, long packets, long bytes) {
            LimitCount part = packets == 0 ? null : part(high, low, batch.getTime());
            if (part != null) {
                long counted = limit.count() == Count.BYTES ? bytes : packets;
                part.seenBy(batch.getSensor(), packets, batch.getClockShift());
                part.add(toHigh, toLow, batch.getTime(), LimitCount.NO_FRAME, counted, packets, bytes);
            }
        }

        private long counted(PacketRecord packet) {
            boolean counts = switch (limit.count()) {
                case PACKETS, BYTES -> true;
                case CONVERSATIONS -> packet.getFromInitiator() && packet.getRole() == Role.FIRST;
                case DNS_QUERIES -> isQuery(packet.getDns());
                case ICMP -> isIcmp(packet.getProtocol());
                case SYNS ->
                    packet.getProtocol() == IpProtocol.TCP
                            && (packet.getTcpFlags() & (TcpFlags.SYN | TcpFlags.ACK)) == TcpFlags.SYN;
            };
            return counts ? limit.count() == Count.BYTES ? packet.getLength() : 1 : 0;
        }

        private static boolean isQuery(@Nullable Dns dns) {
            return dns != null && !dns.getResponse();
        }

        private @Nullable LimitCount part(long sourceHigh, long sourceLow, long time) {
            long high = limit.high(sourceHigh, sourceLow);
            long low = limit.low(sourceHigh, sourceLow);
            long inSecond = Math.floorDiv(time, SECOND);
            if (inSecond != second) {
                flush();
                second = inSecond;
                if (second > newestSecond) {
                    newestSecond = second;
                    singles = 0;
                }
            }
            int index = sources.indexOf(high, low);
            if (index < 0) {
                flush();
                index = sources.indexOf(high, low);
            }
            if (index == open.size()) {
                Address source = new Address(high, low);
                Prefix network = limit.network(source);
                open.add(limit.covers(network) ? new LimitCount(new LimitKey(limit.name(), source), second) : null);
            }
            return open.get(index);
        }

        void flush() {
            for (LimitCount part : open) {
                if (part == null) {
                    continue;
                }
                if (part.packets() > 1 || ++singles <= SINGLES) {
                    parts.accept(part);
                } else {
                    notFollowed++;
                }
            }
            open.clear();
            sources.clear();
        }
    }
}
