package io.tripline.sensor.flow;

import static io.tripline.schemas.TcpFlags.ACK;
import static io.tripline.schemas.TcpFlags.SYN;
import static io.tripline.sensor.flow.Packet.CLIENT;
import static io.tripline.sensor.flow.Packet.SERVER;
import static io.tripline.sensor.flow.Packet.START;
import static io.tripline.sensor.flow.Packet.ip;
import static io.tripline.sensor.flow.Packet.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.ProtocolTotal;
import io.tripline.schemas.Volume;
import io.tripline.sensor.decode.Unread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final SensorSettings SETTINGS =
            SensorSettings.of("tap", "lan").withConversations(1 << 10);
    private final Sensed sensed = new Sensed(SETTINGS);

    private static Packet probe(int port) {
        return tcp(CLIENT, 40_000, SERVER, port, SYN);
    }

    private static Packet data() {
        return tcp(CLIENT, 40_000, SERVER, 80, ACK).payload(46);
    }

    @Test
    void shouldCloseABatchAtItsMostEntries() {
        for (int port = 1; port <= 1_001; port++) {
            sensed.feed(probe(port));
        }
        sensed.flush();
        assertThat(sensed.batches).extracting(PacketBatch::getPackets).containsExactly(1_000L, 1L);
        assertThat(sensed.batches).extracting(PacketBatch::getSequence).containsExactly(0L, 1L);
        assertThat(sensed.batches).extracting(PacketBatch::getFirstFrame).containsExactly(1L, 1_001L);
        assertThat(sensed.batches.get(0).getRecords())
                .extracting(PacketRecord::getFrame)
                .endsWith(999);
    }

    @Test
    void shouldCloseABatchAfterATenthOfASecond() {
        sensed.feed(probe(1).at(0.01));
        sensed.feed(probe(2).at(0.109));
        sensed.feed(probe(3).at(0.11));
        sensed.flush();
        assertThat(sensed.batches).extracting(PacketBatch::getPackets).containsExactly(2L, 1L);
        assertThat(sensed.batches.get(0).getRecords().get(1).getTime()).isEqualTo(99_000);
        assertThat(sensed.batches.get(0).getNewest()).isEqualTo(START * 1_000_000 + 109_000);
    }

    @Test
    void shouldCloseABatchWhenTheSecondChangesEitherWay() {
        sensed.feed(probe(1).at(0.99));
        sensed.feed(probe(2).at(1.01));
        sensed.feed(probe(3).at(0.995));
        sensed.feed(probe(4).at(0.99));
        sensed.flush();
        assertThat(sensed.batches).extracting(PacketBatch::getPackets).containsExactly(1L, 1L, 2L);
        assertThat(sensed.batches.get(2).getNewest()).isEqualTo(START * 1_000_000 + 1_010_000);
        assertThat(sensed.batches.get(2).getRecords().get(1).getTime()).isEqualTo(-5_000);
    }

    @Test
    void shouldCloseABatchOfVolumeAloneWhoseClockStandsStill() {
        for (int i = 0; i < 100_000; i++) {
            sensed.feed(data());
        }
        sensed.flush();
        assertThat(sensed.batches).extracting(PacketBatch::getPackets).containsExactly(65_536L, 34_464L);
    }

    @Test
    void shouldSumTheVolumeOfAConversationInBothDirections() {
        sensed.feed(data());
        sensed.feed(data());
        sensed.feed(tcp(SERVER, 80, CLIENT, 40_000, ACK).payload(946));
        sensed.feed(data());
        PacketBatch batch = sensed.flush();
        assertThat(batch.getRecords()).hasSize(1);
        assertThat(batch.getVolumes())
                .containsExactly(new Volume(
                        0L,
                        Packet.address(CLIENT).low(),
                        0L,
                        Packet.address(SERVER).low(),
                        6,
                        40_000,
                        80,
                        2L,
                        200L,
                        1L,
                        1_000L));
        sensed.feed(data());
        assertThat(sensed.flush().getVolumes()).hasSize(1);
        assertThat(batch.getVolumes().get(0).getPacketsOut()).isEqualTo(2);
    }

    @Test
    void shouldTellAlreadyInTheFirstBatchWhetherAnswersAreVisible() {
        sensed.feed(probe(80));
        sensed.feed(tcp(SERVER, 80, CLIENT, 40_000, SYN | ACK));
        assertThat(sensed.flush().getAnswersVisible()).isTrue();
    }

    @Test
    void shouldGiveEachPacketARecordWhereWanted() {
        Sensed every = new Sensed(SETTINGS.withEveryPacket(true));
        every.feed(data());
        every.feed(data());
        assertThat(every.flush().getRecords()).hasSize(2);
        assertThat(every.flush().getVolumes()).isEmpty();
    }

    @Test
    void shouldCountWhatItCannotReadAndWhatIsNoIp() {
        Packet bad = probe(1);
        bad.view.unread = Unread.TCP_HEADER_TRUNCATED;
        sensed.feed(bad);
        Packet spanningTree = ip(-1, "0.0.0.0", "0.0.0.0");
        spanningTree.view.etherType = 0x26;
        sensed.feed(spanningTree);
        sensed.feed(ip(47, CLIENT, SERVER));
        PacketBatch batch = sensed.flush();
        assertThat(batch.getPackets()).isEqualTo(3);
        assertThat(batch.getUnread().get(0).getReason()).isEqualTo("tcp-header-truncated");
        assertThat(batch.getUnread().get(0).getBytes()).isEqualTo(60);
        assertThat(batch.getProtocols())
                .containsExactly(new ProtocolTotal("ip-47", 1L, 60L), new ProtocolTotal("ethertype-0x0026", 1L, 60L));
    }

    @Test
    void shouldBoundTheNumberOfEtherTypesInABatch() {
        for (int type = 0; type < 1_000; type++) {
            Packet packet = ip(-1, "0.0.0.0", "0.0.0.0");
            packet.view.etherType = type;
            sensed.feed(packet);
        }
        sensed.flush();
        assertThat(sensed.batches).allMatch(batch -> batch.getProtocols().size() <= 64);
        assertThat(sensed.batches.stream().mapToLong(PacketBatch::getPackets).sum())
                .isEqualTo(1_000);
    }

    @Test
    void shouldTellEvictionsAndDisorderOnce() {
        for (int port = 1; port <= 5_000; port++) {
            sensed.feed(probe(port).at(10));
        }
        sensed.feed(probe(1).at(5));
        sensed.flush();
        long evicted =
                sensed.batches.stream().mapToLong(PacketBatch::getEvicted).sum();
        assertThat(evicted).isBetween(5_000L - 1_024, 5_000L);
        assertThat(sensed.batches).extracting(PacketBatch::getOutOfOrder).endsWith(1L);
    }

    @Test
    void shouldTellAClockThatWasSetBack() {
        sensed.feed(probe(1).at(100));
        for (int i = 0; i < 16; i++) {
            sensed.feed(probe(2).at(0.5));
        }
        PacketBatch last = sensed.flush();
        assertThat(last.getClockShift()).isEqualTo(101_000_000);
        assertThat(last.getTime()).isEqualTo((START + 101) * 1_000_000 + 500_000);
        assertThat(sensed.batches).extracting(PacketBatch::getClockShift).startsWith(0L, 0L);
    }

    @Test
    void shouldGiveNoBatchWhereNothingWasSeen() {
        List<PacketBatch> batches = new ArrayList<>();
        FlowSensor sensor = new FlowSensor(SETTINGS, batches::add);
        sensor.flush();
        assertThat(batches).isEmpty();
        sensor.dropped(7);
        sensor.flush();
        assertThat(batches).extracting(PacketBatch::getDropped).containsExactly(7L);
    }

    @Test
    void shouldCloseABatchWhenItsTimeIsOverThoughNoPacketComes() {
        List<PacketBatch> batches = new ArrayList<>();
        FlowSensor sensor = new FlowSensor(SETTINGS, batches::add);
        sensor.accept(probe(1).at(0.5).view);
        sensor.passTime(START * 1_000_000 + 599_000);
        assertThat(batches).isEmpty();
        sensor.passTime(START * 1_000_000 + 600_000);
        sensor.passTime(START * 1_000_000 + 900_000);
        assertThat(batches).extracting(PacketBatch::getPackets).containsExactly(1L);
    }

    @Test
    void shouldTellByHeartbeatsHowFarTimeHasCome() {
        List<PacketBatch> batches = new ArrayList<>();
        FlowSensor sensor = new FlowSensor(SETTINGS, batches::add);
        sensor.accept(probe(1).at(0.5).view);
        sensor.heartbeat((START + 2) * 1_000_000);
        sensor.heartbeat((START + 1) * 1_000_000);
        sensor.heartbeat(-1);
        assertThat(batches).extracting(PacketBatch::getPackets).containsExactly(1L, 0L, 0L, 0L);
        assertThat(batches)
                .extracting(PacketBatch::getNewest)
                .containsExactly(
                        START * 1_000_000 + 500_000,
                        (START + 2) * 1_000_000,
                        (START + 2) * 1_000_000,
                        (START + 2) * 1_000_000);
    }

    @Test
    void shouldTellACorrectionFromTheNextBatchOn() {
        List<PacketBatch> batches = new ArrayList<>();
        FlowSensor sensor = new FlowSensor(SETTINGS, batches::add);
        sensor.accept(probe(1).at(0.5).view);
        sensor.correct(5_000_000);
        sensor.accept(probe(2).at(0.51).view);
        sensor.flush();
        assertThat(batches).extracting(PacketBatch::getClockCorrection).containsExactly(0L, 5_000_000L);
        assertThat(batches)
                .extracting(PacketBatch::getTime)
                .containsExactly(START * 1_000_000 + 500_000, START * 1_000_000 + 5_510_000);
        assertThat(batches).extracting(PacketBatch::getClockShift).containsOnly(0L);
    }

    @Test
    void shouldRefuseSettingsThatCannotWork() {
        assertThatThrownBy(() -> SETTINGS.withConversations(1_000))
                .hasMessage("conversations = 1000: must be a power of two from 64 to 67108864");
        assertThatThrownBy(() -> new SensorSettings("a", "", 64, 1, Duration.ofSeconds(2), false))
                .hasMessageContaining("batchSpan");
        assertThatThrownBy(() -> SensorSettings.of(" ", "")).hasMessageContaining("sensor");
    }
}
