package io.tripline.analyze;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

/**
 * A capture of things that never happened together: parts of samples, each begun and cut off anywhere and with packets
 * lost, beside a scan, a sweep and a flood of random size and rate, within five minutes. The same seed gives the same
 * packets.
 */
final class RandomCapture {
    private static final long SECOND = 1_000_000;
    private static final long BEGIN = 1_780_000_000L * SECOND;
    private static final long END = BEGIN + 300 * SECOND;
    private static final int SYN = 0x02;
    private static final int RST_ACK = 0x14;

    /** Of Ethernet, one or more for each family of rules. */
    private static final List<String> SAMPLES = List.of(
            "arp_arpspoof_mitm.pcap",
            "benign_ftp_passive_60files.pcap",
            "benign_ping_mix.pcap",
            "brute_ssh_hydra.pcap",
            "connect_400_with_background.pcap",
            "decoy_D4.pcap",
            "distributed_5src_15ports.pcap",
            "dns_iodine_TXT_base32.pcap",
            "icmp_ptunnelng_ssh.pcap",
            "multi_scan_sequence_with_background.pcap",
            "os_O.pcap",
            "slow_fin_8s_80ports.pcap",
            "sweep_arp_sn.pcap",
            "syn_top1000.pcap",
            "udp_150_with_background.pcap",
            "v6_sweep_range.pcap");

    private final Random random;
    private final List<TestCapture.Packet> packets = new ArrayList<>();

    private RandomCapture(long seed) {
        random = new Random(seed);
    }

    static TestCapture of(long seed) throws IOException {
        RandomCapture made = new RandomCapture(seed);
        for (int i = 0; i < 5; i++) {
            made.partOf(TestCapture.sample(SAMPLES.get(made.random.nextInt(SAMPLES.size()))));
        }
        made.scan();
        made.sweep();
        made.flood();
        made.packets.sort(Comparator.comparingLong(TestCapture.Packet::time));
        return TestCapture.of(made.packets);
    }

    private void partOf(TestCapture sample) {
        int size = sample.packets().size();
        int from = random.nextInt(1 + size / 2);
        TestCapture part = sample.part(from, size - random.nextInt(1 + (size - from) / 3));
        for (TestCapture.Packet packet : part.shifted(begin() - part.first()).packets()) {
            if (packet.time() < END && random.nextInt(50) > 0) {
                packets.add(packet);
            }
        }
    }

    private void scan() {
        int source = 0x0a00_0100 + random.nextInt(200);
        int target = 0x0a00_0200 + random.nextInt(200);
        each(20 + random.nextInt(400), 1_000_000, time -> refused(time, source, target, 1 + random.nextInt(65_535)));
    }

    private void sweep() {
        int source = 0x0a00_0100 + random.nextInt(200);
        int network = 0x0a01_0000 + (random.nextInt(256) << 8);
        each(10 + random.nextInt(240), 500_000, time -> refused(time, source, network + random.nextInt(256), 445));
    }

    private void refused(long time, int source, int target, int port) {
        packets.add(TestCapture.segment(time, source, 40_000, target, port, SYN, 1_024));
        packets.add(TestCapture.segment(time + 90, target, port, source, 40_000, RST_ACK, 0));
    }

    private void flood() {
        int target = 0x0a00_0300 + random.nextInt(200);
        each(
                2_000 + random.nextInt(8_000),
                4_000,
                time -> packets.add(TestCapture.segment(
                        time, random.nextInt(), 1_024 + random.nextInt(60_000), target, 80, SYN, 1_024)));
    }

    private long begin() {
        return BEGIN + (long) (random.nextDouble() * 120 * SECOND);
    }

    /** So many times, with one random gap of at most so many microseconds between them, until the capture's end. */
    private void each(int count, int mostMicroseconds, LongConsumer event) {
        long time = begin();
        int gap = 1 + random.nextInt(mostMicroseconds);
        for (int i = 0; i < count && time < END; i++) {
            event.accept(time);
            time += gap;
        }
    }
}
