package io.tripline.sensor.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.ProtocolTotal;
import io.tripline.schemas.UnreadTotal;
import io.tripline.schemas.Volume;
import io.tripline.sensor.decode.Unread;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;

/** Whatever comes: totals are exact, each batch lies within one second, and nothing is lost on the way through Avro. */
class FlowPropertyTest {
    private static final int PACKETS = 20_000;
    private static final int[] PROTOCOLS = {
        IpProtocol.TCP,
        IpProtocol.TCP,
        IpProtocol.TCP,
        IpProtocol.UDP,
        IpProtocol.UDP,
        IpProtocol.ICMP,
        IpProtocol.ICMPV6,
        IpProtocol.SCTP,
        IpProtocol.ARP,
        47
    };

    private final long seed = Long.getLong("tripline.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private long bytes;
    private double time;

    @RepeatedTest(5)
    void shouldKeepTotalsExactWhateverComes() throws Exception {
        Sensed sensed = new Sensed(SensorSettings.of("tap", "").withConversations(1 << 8));
        for (int i = 0; i < PACKETS; i++) {
            Packet packet = packet();
            bytes += packet.view.length;
            sensed.feed(packet);
        }
        sensed.flush();
        assertThat(sensed.batches.stream().mapToLong(PacketBatch::getPackets).sum())
                .as("seed %d", seed)
                .isEqualTo(PACKETS);
        assertThat(sensed.batches.stream().mapToLong(PacketBatch::getBytes).sum())
                .as("seed %d", seed)
                .isEqualTo(bytes);
        long newest = 0;
        for (PacketBatch batch : sensed.batches) {
            checkTotals(batch);
            checkTimes(batch);
            assertThat(batch.getNewest()).as("seed %d", seed).isGreaterThanOrEqualTo(newest);
            newest = batch.getNewest();
            assertThat(BatchEncoding.decode(BatchEncoding.encode(batch)))
                    .as("seed %d", seed)
                    .isEqualTo(batch);
        }
    }

    private void checkTotals(PacketBatch batch) {
        long packetsTold = batch.getRecords().size();
        long bytesTold =
                batch.getRecords().stream().mapToLong(PacketRecord::getLength).sum();
        for (Volume volume : batch.getVolumes()) {
            packetsTold += volume.getPacketsIn() + volume.getPacketsOut();
            bytesTold += volume.getBytesIn() + volume.getBytesOut();
        }
        long readable = 0;
        for (ProtocolTotal total : batch.getProtocols()) {
            readable += total.getPackets();
        }
        for (UnreadTotal total : batch.getUnread()) {
            packetsTold += total.getPackets();
            bytesTold += total.getBytes();
            readable += total.getPackets();
        }
        assertThat(packetsTold).as("seed %d", seed).isEqualTo(batch.getPackets());
        assertThat(readable).as("seed %d", seed).isEqualTo(batch.getPackets());
        assertThat(bytesTold).as("seed %d", seed).isEqualTo(batch.getBytes());
    }

    private void checkTimes(PacketBatch batch) {
        long second = batch.getTime() / StreamClock.SECOND;
        for (PacketRecord record : batch.getRecords()) {
            assertThat((batch.getTime() + record.getTime()) / StreamClock.SECOND)
                    .as("seed %d", seed)
                    .isEqualTo(second);
        }
    }

    private Packet packet() {
        int protocol = PROTOCOLS[random.nextInt(PROTOCOLS.length)];
        Packet packet = Packet.tcp(host(), port(), host(), port(), random.nextInt(512))
                .numbers(random.nextInt(4) * 1_000L, random.nextInt(4) * 1_000L)
                .payload(random.nextInt(3) * 400);
        packet.view.protocol = protocol;
        packet.view.sctpChunk = random.nextInt(16) - 1;
        packet.view.udpLength = random.nextInt(20);
        packet.view.icmpIdentifier = random.nextInt(3);
        packet.view.senderMac = random.nextInt(3);
        packet.view.fragment = random.nextInt(50) == 0;
        if (protocol == IpProtocol.ICMP || protocol == IpProtocol.ICMPV6) {
            packet.view.sourcePort = random.nextInt(256);
            packet.target(host()).quoting(Packet.udp(host(), port(), host(), port()));
        } else if (protocol == IpProtocol.ARP) {
            packet.view.sourcePort = random.nextInt(4);
        } else if (random.nextInt(10) == 0) {
            packet.dns(random.nextBoolean(), "name" + random.nextInt(10));
        }
        if (random.nextInt(100) == 0) {
            packet.view.unread = random.nextBoolean() ? Unread.ARP_INVALID : Unread.CAPTURE_EMPTY;
        }
        time += random.nextInt(5_000) == 0 ? -1e6 : random.nextDouble() * 0.02 - 0.005;
        return packet.at(time);
    }

    private String host() {
        String[] hosts = {"10.0.0.", "fd00::", "10.0.0.", "224.0.0.", "0.0.0.0", "::"};
        String host = hosts[random.nextInt(40) == 0 ? 3 + random.nextInt(3) : random.nextInt(3)];
        return host.endsWith("0") || host.equals("::") ? host : host + (1 + random.nextInt(9));
    }

    private int port() {
        return random.nextBoolean() ? 80 + random.nextInt(4) : 40_000 + random.nextInt(40);
    }
}
