package io.tripline.job.activity;

import io.tripline.job.activity.TrafficMinute.Volume;
import io.tripline.schemas.Address;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.ProtocolTotal;
import io.tripline.schemas.UnreadTotal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts all traffic of each sensor by the minute, and lists the first packets that show each indicator.
 *
 * <p>Totals, protocols, unread packets and indicators are exact. Sources are counted exactly for the first {@link #SOURCES} of a
 * minute; the others are in the totals only. Memory: about 5 MiB.
 */
public final class TrafficFold implements Fold {
    /** Packets listed for each indicator; further ones are counted. */
    public static final int LISTED_EVENTS = 1_000;

    private static final int SOURCES = 65_536;
    private static final long MINUTE = 60_000_000;

    private final Consumer<TrafficMinute> minutes;
    private final Consumer<IndicatorEvent> events;
    private final AddressIndex sources = new AddressIndex(SOURCES);
    private long[] sourcePackets = new long[64];
    private long[] sourceBytes = new long[64];
    private final long[] indicators = new long[Integer.SIZE];
    private final JudgedIndicators judged = new JudgedIndicators();
    private final int[] listed = new int[Integer.SIZE];
    private @Nullable TrafficMinute current;

    public TrafficFold(Consumer<TrafficMinute> minutes, Consumer<IndicatorEvent> events) {
        this.minutes = minutes;
        this.events = events;
    }

    @Override
    public void add(PacketBatch batch) {
        TrafficMinute minute = minute(batch);
        minute.add(
                new Volume(batch.getPackets(), batch.getBytes()),
                batch.getDropped(),
                batch.getOutOfOrder(),
                batch.getEvicted());
        for (ProtocolTotal protocol : batch.getProtocols()) {
            minute.protocols()
                    .merge(
                            protocol.getProtocol(),
                            new Volume(protocol.getPackets(), protocol.getBytes()),
                            Volume::plus);
        }
        for (UnreadTotal unread : batch.getUnread()) {
            minute.unread().merge(unread.getReason(), new Volume(unread.getPackets(), unread.getBytes()), Volume::plus);
        }
        if (batch.getPackets() > 0) {
            long shift = batch.getClockShift();
            minute.span(batch.getTime() - shift, batch.getNewest() - shift);
        }
        for (PacketRecord packet : batch.getRecords()) {
            count(packet.getSourceHigh(), packet.getSourceLow(), 1, packet.getLength());
            int shown = packet.getIndicators() | judged.of(packet);
            if (shown != 0) {
                indicate(batch, packet, shown);
            }
        }
        batch.getVolumes().forEach(volume -> {
            count(volume.getInitiatorHigh(), volume.getInitiatorLow(), volume.getPacketsOut(), volume.getBytesOut());
            count(volume.getResponderHigh(), volume.getResponderLow(), volume.getPacketsIn(), volume.getBytesIn());
        });
    }

    @Override
    public void flush() {
        TrafficMinute minute = current;
        if (minute == null) {
            return;
        }
        for (Indicator indicator : Indicator.values()) {
            long packets = indicators[Integer.numberOfTrailingZeros(indicator.bit())];
            if (packets > 0) {
                minute.indicators().put(indicator.id(), packets);
            }
        }
        List<Map.Entry<Address, Volume>> all = new ArrayList<>(sources.size());
        for (int i = 0; i < sources.size(); i++) {
            all.add(Map.entry(sources.address(i), new Volume(sourcePackets[i], sourceBytes[i])));
        }
        minute.listBusiest(all);
        minutes.accept(minute);
        current = null;
        Arrays.fill(sourcePackets, 0, sources.size(), 0);
        Arrays.fill(sourceBytes, 0, sources.size(), 0);
        sources.clear();
        Arrays.fill(indicators, 0);
    }

    private TrafficMinute minute(PacketBatch batch) {
        long number = Math.floorDiv(batch.getTime(), MINUTE);
        TrafficMinute minute = current;
        if (minute == null || minute.minute() != number || !minute.sensor().equals(batch.getSensor())) {
            flush();
            minute = new TrafficMinute(batch.getSensor(), number);
            current = minute;
        }
        return minute;
    }

    private void count(long high, long low, long packets, long bytes) {
        if (packets == 0 || (high == 0 && low == 0)) {
            return;
        }
        int index = sources.indexOf(high, low);
        if (index < 0) {
            return;
        }
        if (index >= sourcePackets.length) {
            sourcePackets = Arrays.copyOf(sourcePackets, index * 2);
            sourceBytes = Arrays.copyOf(sourceBytes, index * 2);
        }
        sourcePackets[index] += packets;
        sourceBytes[index] += bytes;
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
