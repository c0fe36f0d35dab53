package io.tripline.rules.volume;

import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.TestHosts;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.traffic.SegmentVolumes;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Builds who sent how much to whom, second by second, and plays it to the rule about volumes without any engine. */
final class Uploads {
    static final String SOURCE = "10.50.0.105";
    static final String SERVER = "10.50.0.10";
    static final String OUTSIDE = "203.0.113.10";

    /** 2026-01-01T00:00:00Z, a whole minute. */
    private static final long START = 1_767_225_600L;

    private static final int SEGMENT_SIZE = 1_400;
    private static final int ACK = 66;

    private final SortedMap<Long, PacketBatch> batches = new TreeMap<>();
    private final Random random;
    private final VolumeOutlier.Settings settings;
    private double loss;
    private boolean onlyOut;

    Uploads(long seed) {
        this(seed, VolumeOutlier.Settings.DEFAULT);
    }

    Uploads(long seed, VolumeOutlier.Settings settings) {
        this.random = new Random(seed);
        this.settings = settings;
    }

    /** The tap loses this share of what follows. */
    Uploads lossy(double share) {
        loss = share;
        return this;
    }

    /** The tap shows no answers from now on. */
    Uploads onlyOut() {
        onlyOut = true;
        return this;
    }

    /** Bytes go out evenly over so many seconds, acknowledged by every second packet. */
    Uploads upload(String from, String to, int atSecond, int seconds, long bytes) {
        for (int i = 0; i < seconds; i++) {
            long part = bytes / seconds;
            long packets = Math.max(1, part / SEGMENT_SIZE);
            exchange(from, to, 443, atSecond + i, packets, part, packets / 2, packets / 2 * ACK);
        }
        return this;
    }

    /** The same the other way round: who begins gets the bytes. */
    Uploads download(String from, String to, int atSecond, int seconds, long bytes) {
        for (int i = 0; i < seconds; i++) {
            long part = bytes / seconds;
            long packets = Math.max(1, part / SEGMENT_SIZE);
            exchange(from, to, 443, atSecond + i, packets / 2, packets / 2 * ACK, packets, part);
        }
        return this;
    }

    /** So many sources each ask a server for a page every ten seconds or so. */
    Uploads background(int sources, int atSecond, int seconds) {
        for (int source = 1; source <= sources; source++) {
            for (int second = random.nextInt(3); second < seconds; second += 1 + random.nextInt(19)) {
                long requests = 1L + random.nextInt(4);
                exchange(
                        "10.50.1." + source,
                        SERVER,
                        80,
                        atSecond + second,
                        6 * requests,
                        600 * requests,
                        5 * requests,
                        3_000 * requests);
            }
        }
        return this;
    }

    /** Anything. */
    Uploads exchange(
            String from,
            String to,
            int port,
            int atSecond,
            long packetsOut,
            long bytesOut,
            long packetsIn,
            long bytesIn) {
        double kept = 1 - loss;
        Address initiator = Wire.address(from);
        Address responder = Wire.address(to);
        Volume volume = new Volume();
        volume.setInitiatorHigh(initiator.high());
        volume.setInitiatorLow(initiator.low());
        volume.setResponderHigh(responder.high());
        volume.setResponderLow(responder.low());
        volume.setProtocol(IpProtocol.TCP);
        volume.setInitiatorPort(50_000);
        volume.setResponderPort(port);
        volume.setPacketsOut(Math.round(packetsOut * kept));
        volume.setBytesOut(Math.round(bytesOut * kept));
        volume.setPacketsIn(onlyOut ? 0 : Math.round(packetsIn * kept));
        volume.setBytesIn(onlyOut ? 0 : Math.round(bytesIn * kept));
        PacketBatch batch = batches.computeIfAbsent(START + atSecond, Uploads::batch);
        batch.setAnswersVisible(!onlyOut);
        batch.getVolumes().add(volume);
        batch.setPackets(batch.getPackets() + volume.getPacketsOut() + volume.getPacketsIn());
        batch.setBytes(batch.getBytes() + volume.getBytesOut() + volume.getBytesIn());
        return this;
    }

    private static PacketBatch batch(long second) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("lan");
        batch.setSegment("");
        batch.setVersion("");
        batch.setTime(second * 1_000_000);
        batch.setNewest(second * 1_000_000 + 999_999);
        batch.setProtocols(List.of());
        batch.setUnread(List.of());
        batch.setRecords(List.of());
        batch.setVolumes(new ArrayList<>());
        return batch;
    }

    /** All findings to the end; nothing is remembered two hours later. */
    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        LocalHost<String, SegmentVolumes, ?> segments = TestHosts.of(new VolumeOutlier(settings), findings::add);
        TrafficFold fold = new TrafficFold(segments::add, minute -> {}, event -> {});
        batches.values().forEach(fold::add);
        fold.flush();
        TestHosts.end(segments);
        return findings;
    }

    /** Those that open an incident. */
    List<Finding> opened() {
        return findings().stream()
                .filter(finding -> finding.stage() == Finding.Stage.OPENED)
                .toList();
    }

    /** Who is named. */
    List<String> named() {
        return opened().stream().map(finding -> finding.actor().toString()).toList();
    }
}
