package io.tripline.sensor.flow;

import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import java.util.ArrayList;
import java.util.List;

/** A sensor with what it has given so far. */
final class Sensed {
    final List<PacketBatch> batches = new ArrayList<>();
    private final FlowSensor sensor;

    Sensed() {
        this(SensorSettings.of("tap", "lan").withConversations(1 << 10));
    }

    Sensed(SensorSettings settings) {
        sensor = new FlowSensor(settings, batches::add);
    }

    /** The packet's own record in words, "volume" where it has none. */
    String sees(Packet packet) {
        sensor.accept(packet.view);
        PacketBatch batch = flush();
        return batch.getRecords().isEmpty()
                ? "volume"
                : words(batch.getRecords().get(0));
    }

    /** The record of a packet that has one. */
    PacketRecord record(Packet packet) {
        sensor.accept(packet.view);
        return flush().getRecords().get(0);
    }

    int indicators(Packet packet) {
        return record(packet).getIndicators();
    }

    void feed(Packet packet) {
        sensor.accept(packet.view);
    }

    PacketBatch flush() {
        sensor.flush();
        return batches.get(batches.size() - 1);
    }

    private static String words(PacketRecord record) {
        String direction = record.getFromInitiator() ? " -> " : " <- ";
        return record.getRole() + direction + record.getTechnique() + " " + record.getOutcome();
    }
}
