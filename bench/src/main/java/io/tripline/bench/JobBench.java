package io.tripline.bench;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.SecondClock;
import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What each stage of the job costs, in nanoseconds of processor time a captured packet: encoding and decoding of
 * batches, each fold, the way of parts across the network, the rules about each kind of subject, and all of it one
 * after the other. No engine, no Kafka, one thread, all batches in memory.
 *
 * <p>Each stage runs several times over the same batches, and the quickest run counts: another program on the machine
 * can only slow it down.
 */
public final class JobBench {
    private static final int STEP = 4_096;
    private static final long SECOND = 1_000_000;
    private static final int FLUSHED_SECONDS = 3;

    private final List<PacketBatch> batches = new ArrayList<>();
    private final List<ByteBuffer> encoded = new ArrayList<>();
    private final List<FoldKind> kinds = FoldKind.all();
    private final int rounds;
    private long packets;

    private JobBench(int rounds) {
        this.rounds = rounds;
    }

    /**
     * Prints a line for each stage.
     *
     * @param arguments a capture file, and how many times to run each stage
     * @throws IOException when it cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        JobBench bench = new JobBench(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10);
        bench.read(arguments[0]);
        bench.describe();
        bench.run();
    }

    private void read(String file) throws IOException {
        Sensor sensor = new Sensor(SensorSettings.of("bench", ""), batches::add);
        try (Captures captures = Captures.open(List.of(file), InputStream.nullInputStream())) {
            while (captures.read(sensor, STEP) > 0) {
                // the sensor hands batches on
            }
        }
        sensor.flush();
        for (PacketBatch batch : batches) {
            packets += batch.getPackets();
            encoded.add(BatchEncoding.encode(batch));
        }
    }

    private void describe() {
        long bytes = encoded.stream().mapToLong(ByteBuffer::remaining).sum();
        long records =
                batches.stream().mapToLong(batch -> batch.getRecords().size()).sum();
        long volumes =
                batches.stream().mapToLong(batch -> batch.getVolumes().size()).sum();
        System.out.printf(
                Locale.ROOT,
                "%,d packets, %,d batches of %,d bytes, %.1f bytes, %.3f records and %.3f volumes a packet%n%n",
                packets,
                batches.size(),
                bytes / batches.size(),
                (double) bytes / packets,
                (double) records / packets,
                (double) volumes / packets);
        System.out.printf(Locale.ROOT, "%-28s %10s %14s%n", "stage", "ns/packet", "M packets/s");
    }

    private void run() throws IOException {
        print("encode", Stage.quickest(rounds, this::encode));
        print("decode", Stage.quickest(rounds, this::decode));
        for (FoldKind kind : kinds) {
            print("fold " + kind.subject(), Stage.quickest(rounds, () -> fold(kind)));
        }
        List<List<Parts>> seconds = seconds();
        print("parts across the network", Stage.quickest(rounds, () -> cross(seconds)));
        rules(seconds).forEach((name, nanos) -> print("rules " + name, nanos));
        print("job, all of these", Stage.quickest(rounds, this::whole));
    }

    private void print(String stage, long nanos) {
        System.out.printf(
                Locale.ROOT,
                "%-28s %10.1f %14.2f%n",
                stage,
                (double) nanos / packets,
                1e3 * packets / Math.max(1, nanos));
    }

    private void encode() throws IOException {
        for (PacketBatch batch : batches) {
            Stage.use(BatchEncoding.encode(batch));
        }
    }

    private void decode() throws IOException {
        for (ByteBuffer bytes : encoded) {
            Stage.use(BatchEncoding.decode(bytes.duplicate()));
        }
    }

    private void fold(FoldKind kind) {
        Fold fold = kind.make().apply(Stage::use);
        SecondClock clock = new SecondClock();
        for (PacketBatch batch : batches) {
            fold.add(batch);
            if (clock.advance(batch.getNewest())) {
                fold.flush();
            }
        }
        fold.flush();
    }

    /** A second's parts of one kind of subject. */
    private record Parts(FoldKind kind, List<byte[]> parts) {}

    /** All parts of the capture, as bytes, by second. */
    private List<List<Parts>> seconds() throws IOException {
        List<List<Parts>> seconds = new ArrayList<>();
        Map<FoldKind, List<Object>> open = new LinkedHashMap<>();
        List<Fold> folds = new ArrayList<>();
        for (FoldKind kind : kinds) {
            List<Object> parts = new ArrayList<>();
            open.put(kind, parts);
            folds.add(kind.make().apply(parts::add));
        }
        SecondClock clock = new SecondClock();
        for (PacketBatch batch : batches) {
            folds.forEach(fold -> fold.add(batch));
            if (clock.advance(batch.getNewest())) {
                folds.forEach(Fold::flush);
                seconds.add(taken(open));
            }
        }
        folds.forEach(Fold::flush);
        seconds.add(taken(open));
        return seconds;
    }

    private static List<Parts> taken(Map<FoldKind, List<Object>> open) throws IOException {
        List<Parts> second = new ArrayList<>();
        for (Map.Entry<FoldKind, List<Object>> entry : open.entrySet()) {
            List<byte[]> bytes = new ArrayList<>();
            DataOutputSerializer out = new DataOutputSerializer(256);
            for (Object part : entry.getValue()) {
                entry.getKey().codec().write(part, out);
                bytes.add(out.getCopyOfBuffer());
                out.clear();
            }
            entry.getValue().clear();
            second.add(new Parts(entry.getKey(), bytes));
        }
        return second;
    }

    private static void cross(List<List<Parts>> seconds) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        for (List<Parts> second : seconds) {
            for (Parts parts : second) {
                Codec<Object> codec = parts.kind().codec();
                for (byte[] part : parts.parts()) {
                    codec.write(codec.read(new DataInputDeserializer(part)), out);
                    out.clear();
                }
            }
        }
    }

    /** Processor time of the rules about each kind of subject; reading the parts back is not in it. */
    private Map<String, Long> rules(List<List<Parts>> seconds) throws IOException {
        Map<String, Long> quickest = new LinkedHashMap<>();
        for (int i = 0; i < rounds; i++) {
            Map<String, Long> spent = new LinkedHashMap<>();
            EveryRule rules = everyRule();
            long second = firstSecond();
            for (List<Parts> all : seconds) {
                for (Parts parts : all) {
                    List<Object> fresh = new ArrayList<>();
                    for (byte[] part : parts.parts()) {
                        fresh.add(parts.kind().codec().read(new DataInputDeserializer(part)));
                    }
                    String uid = parts.kind().subject();
                    spent.merge(uid, Stage.spent(() -> fresh.forEach(part -> rules.add(uid, part))), Long::sum);
                }
                long complete = second++;
                for (Map.Entry<String, LocalHost<?, ?, ?>> host : rules.hosts().entrySet()) {
                    spent.merge(host.getKey(), Stage.spent(() -> host.getValue().advance(complete)), Long::sum);
                }
            }
            spent.forEach((name, nanos) -> quickest.merge(name, nanos, Math::min));
        }
        return quickest;
    }

    private static EveryRule everyRule() {
        return new EveryRule(FailureRooms.single(FailureLimits.DEFAULT), Stage::use);
    }

    private long firstSecond() {
        return Math.floorDiv(batches.get(0).getTime(), SECOND);
    }

    private void whole() throws IOException {
        EveryRule rules = everyRule();
        DataOutputSerializer out = new DataOutputSerializer(256);
        DataInputDeserializer in = new DataInputDeserializer();
        List<Fold> folds = new ArrayList<>();
        for (FoldKind kind : kinds) {
            Codec<Object> codec = kind.codec();
            String uid = kind.subject();
            folds.add(kind.make().apply(part -> rules.add(uid, crossed(codec, part, out, in))));
        }
        SecondClock clock = new SecondClock();
        for (ByteBuffer bytes : encoded) {
            PacketBatch batch = BatchEncoding.decode(bytes.duplicate());
            folds.forEach(fold -> fold.add(batch));
            if (clock.advance(batch.getNewest())) {
                folds.forEach(Fold::flush);
                rules.advance(clock.complete());
            }
        }
        folds.forEach(Fold::flush);
        rules.advance(clock.complete() + FLUSHED_SECONDS);
    }

    private static Object crossed(
            Codec<Object> codec, Object part, DataOutputSerializer out, DataInputDeserializer in) {
        try {
            out.clear();
            codec.write(part, out);
            in.setBuffer(out.getSharedBuffer(), 0, out.length());
            return codec.read(in);
        } catch (IOException e) {
            throw new IllegalStateException("an array takes all that is written", e);
        }
    }
}
