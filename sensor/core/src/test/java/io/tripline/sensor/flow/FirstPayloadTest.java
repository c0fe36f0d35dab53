package io.tripline.sensor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Indicator;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.sensor.decode.PacketView;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The first payload of a conversation, and no other, is looked at for encrypted or compressed data. */
class FirstPayloadTest {
    private final List<PacketBatch> batches = new ArrayList<>();
    private final FlowSensor sensor = new FlowSensor(SensorSettings.of("s1", ""), batches::add);

    @Test
    void shouldTellOfHighEntropyOnAnUnknownPort() {
        assertThat(records(9_999, 400, 1)).singleElement().satisfies(packet -> {
            assertThat(packet.getEntropy()).isGreaterThan(7_000);
            assertThat(packet.getIndicators()).isEqualTo(Indicator.PAYLOAD_HIGH_ENTROPY.bit());
        });
    }

    @Test
    void shouldTellOnceOfEachDirection() {
        assertThat(records(9_999, 400, 10))
                .filteredOn(packet -> packet.getEntropy() >= 0)
                .hasSize(1);
    }

    @Test
    void shouldExpectHighEntropyOnEncryptedPorts() {
        assertThat(records(443, 400, 1)).singleElement().satisfies(packet -> {
            assertThat(packet.getEntropy()).isGreaterThan(7_000);
            assertThat(packet.getIndicators()).isZero();
        });
    }

    @Test
    void shouldNotLookAtShortPayloads() {
        assertThat(records(9_999, 63, 1))
                .singleElement()
                .satisfies(packet -> assertThat(packet.getEntropy()).isEqualTo(-1));
    }

    private List<PacketRecord> records(int port, int size, int count) {
        byte[] data = new byte[size];
        new Random(5).nextBytes(data);
        for (int i = 0; i < count; i++) {
            PacketView view = Packet.udp(Packet.CLIENT, 50_000, Packet.SERVER, port).view;
            view.buffer = new UnsafeBuffer(data);
            view.payloadCaptured = size;
            view.payloadLength = size;
            view.udpLength = size + 8;
            sensor.accept(view);
        }
        sensor.flush();
        return batches.stream().flatMap(batch -> batch.getRecords().stream()).toList();
    }
}
