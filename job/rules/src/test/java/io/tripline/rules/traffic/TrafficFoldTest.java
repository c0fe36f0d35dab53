package io.tripline.rules.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.sensor.SensorMinute;
import io.tripline.rules.traffic.TrafficMinute.Volume;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.PacketBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every packet is counted once, whatever finds room to be told apart and however batches are cut. */
class TrafficFoldTest {
    private static final long SEED = 20_260_105;
    private static final long MINUTE = 1_767_225_600_000_000L;

    private final List<SegmentVolumes> seconds = new ArrayList<>();
    private final List<TrafficMinute> minutes = new ArrayList<>();
    private final TrafficFold fold = new TrafficFold(seconds::add, minutes::add, event -> {});

    private static PacketBatch batch(int second, int conversations, Random random) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("lan");
        batch.setSegment("");
        batch.setVersion("");
        batch.setTime(MINUTE + second * 1_000_000L);
        batch.setNewest(batch.getTime() + 10);
        batch.setProtocols(List.of());
        batch.setUnread(List.of());
        batch.setRecords(List.of());
        List<io.tripline.schemas.Volume> volumes = new ArrayList<>();
        for (int i = 0; i < conversations; i++) {
            io.tripline.schemas.Volume volume = new io.tripline.schemas.Volume();
            volume.setInitiatorLow(Address.mapIpv4(random.nextInt(1 << 20) + 1));
            volume.setResponderLow(Address.mapIpv4(0x0a00_0001));
            volume.setProtocol(IpProtocol.TCP);
            volume.setResponderPort(443);
            volume.setPacketsOut(2L);
            volume.setBytesOut(200L);
            volume.setPacketsIn(1L);
            volume.setBytesIn(1_000L);
            volumes.add(volume);
            batch.setPackets(batch.getPackets() + 3);
            batch.setBytes(batch.getBytes() + 1_200);
        }
        batch.setVolumes(volumes);
        return batch;
    }

    @Test
    void shouldKeepTotalsExactWhateverFindsRoom() {
        Random random = new Random(SEED);
        for (int second = 0; second < 3; second++) {
            fold.add(batch(second, 80_000, random));
        }
        fold.flush();

        assertThat(seconds).hasSize(3);
        assertThat(seconds.get(0).conversations().size()).isLessThanOrEqualTo(SegmentVolumes.CONVERSATIONS);
        TrafficMinute minute = minutes.get(0);
        assertThat(minute.total()).isEqualTo(new Volume(720_000, 288_000_000));
        assertThat(sum(minute)).isEqualTo(minute.total());
        assertThat(minute.hierarchy().values().stream().reduce(new Volume(0, 0), Volume::plus))
                .isEqualTo(minute.total());
        Exchange server = minute.hosts().get(Address.ofIpv4(0x0a00_0001));
        assertThat(server).isEqualTo(new Exchange(240_000, 240_000_000, 480_000, 48_000_000));
        assertThat(minute.second(1)).isEqualTo(new Volume(240_000, 96_000_000));
    }

    @Test
    void shouldGiveTheSameHoweverBatchesAreCut() {
        fold.add(batch(5, 500, new Random(SEED)));
        fold.flush();
        Random random = new Random(SEED);
        for (int part = 0; part < 5; part++) {
            fold.add(batch(5, 100, random));
            fold.flushSecond();
        }
        fold.flush();

        assertThat(minutes.get(0).hosts()).isEqualTo(minutes.get(1).hosts());
        assertThat(sum(minutes.get(0))).isEqualTo(sum(minutes.get(1)));
        SegmentVolumes merged = seconds.get(1);
        seconds.subList(2, 6).forEach(merged::merge);
        assertThat(merged.conversations().size())
                .isEqualTo(seconds.get(0).conversations().size());
    }

    @Test
    void shouldKeepOfEachMinuteWhatALiveSensorToldOfItself() throws IOException {
        for (int second = 0; second < 3; second++) {
            PacketBatch heartbeat = batch(second, 0, new Random(SEED));
            heartbeat.setSentAt(heartbeat.getNewest());
            heartbeat.setRun(second < 2 ? 1 : 2);
            heartbeat.setVersion(second < 2 ? "0.1" : "0.2");
            heartbeat.setClockOffset(second == 1 ? -5_000 : 2_000);
            heartbeat.setDiscarded(second);
            heartbeat.setSpooled(second == 1);
            fold.add(heartbeat);
        }
        fold.flush();

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        minutes.get(0).write(new DataOutputStream(bytes));
        SensorMinute told = TrafficMinute.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())))
                .told();
        assertThat(told.isLive()).isTrue();
        assertThat(told.heard()).isEqualTo(MINUTE + 2_000_010);
        assertThat(told.run()).isEqualTo(2);
        assertThat(told.version()).isEqualTo("0.2");
        assertThat(told.clockOffset()).isEqualTo(-5_000);
        assertThat(told.discarded()).isEqualTo(3);
        assertThat(told.spooled()).isTrue();
    }

    @Test
    void shouldTellNothingOfTheKindOfFiles() {
        fold.add(batch(0, 1, new Random(SEED)));
        fold.flush();

        assertThat(minutes.get(0).told().isLive()).isFalse();
    }

    @Test
    void shouldComeBackAsWritten() throws IOException {
        fold.add(batch(5, 500, new Random(SEED)));
        fold.flush();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        minutes.get(0).write(new DataOutputStream(bytes));
        seconds.get(0).write(new DataOutputStream(bytes));

        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        TrafficMinute minute = TrafficMinute.read(in);
        SegmentVolumes second = SegmentVolumes.read(in);

        assertThat(minute.hosts()).isEqualTo(minutes.get(0).hosts());
        assertThat(minute.second(5)).isEqualTo(minutes.get(0).second(5));
        assertThat(second.conversations().size())
                .isEqualTo(seconds.get(0).conversations().size());
        assertThat(in.available()).isZero();
    }

    private static Volume sum(TrafficMinute minute) {
        ConversationTable table = minute.conversations();
        Volume sum = table.others();
        for (int row = 0; row < table.size(); row++) {
            sum = sum.plus(
                    new Volume(table.packetsOut(row) + table.packetsIn(row), table.bytesOut(row) + table.bytesIn(row)));
        }
        return sum;
    }
}
