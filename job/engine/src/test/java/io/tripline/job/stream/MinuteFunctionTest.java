package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Traffic;
import io.tripline.rules.traffic.TrafficDocument;
import io.tripline.rules.traffic.TrafficFold;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** One document for each sensor and minute, the same however the minute was cut into parts. */
@SuppressWarnings("try") // the harness declares that close() throws Exception
class MinuteFunctionTest {
    private static final long MINUTE = Traffic.START / 60_000_000;

    private static KeyedOneInputStreamOperatorTestHarness<MinuteKey, TrafficMinute, TrafficMinute> harness()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new MinuteFunction()), MinuteKey::of, MinuteKey.TYPE);
    }

    private static List<PacketBatch> batches() {
        Traffic traffic = new Traffic();
        for (int i = 1; i <= 100; i++) {
            traffic.at(i * 0.5).syn("10.0.0." + (i % 7 + 1), "10.0.1.2", i).refused();
        }
        return traffic.batches();
    }

    /** Parts as several folds hand them over that each get some of the batches and are emptied now and then. */
    private static List<TrafficMinute> parts(int folds, double flushes, Random random) {
        List<TrafficMinute> parts = new ArrayList<>();
        List<TrafficFold> all = new ArrayList<>();
        for (int i = 0; i < folds; i++) {
            all.add(new TrafficFold(second -> {}, parts::add, event -> {}));
        }
        for (PacketBatch batch : batches()) {
            all.get(random.nextInt(folds)).add(batch);
            if (random.nextDouble() < flushes) {
                all.get(random.nextInt(folds)).flush();
            }
        }
        all.forEach(TrafficFold::flush);
        Collections.shuffle(parts, random);
        return parts;
    }

    private static Watermark end(long minute) {
        return new Watermark((minute + 1) * 60_000 - 1);
    }

    private static List<String> documents(List<TrafficMinute> parts) throws Exception {
        try (var harness = harness()) {
            harness.open();
            for (TrafficMinute part : parts) {
                harness.processElement(new StreamRecord<>(part));
            }
            assertThat(harness.extractOutputValues()).isEmpty();
            harness.processWatermark(end(MINUTE));
            List<String> documents = harness.extractOutputValues().stream()
                    .map(TrafficDocument::json)
                    .toList();
            harness.processWatermark(end(MINUTE + 6));
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
            assertThat(harness.extractOutputValues()).hasSize(1);
            return documents;
        }
    }

    @Test
    void shouldMakeOneDocumentOfAMinuteHoweverItWasCut() throws Exception {
        List<String> whole = documents(parts(1, 0, new Random(0)));
        assertThat(whole).hasSize(1).first().asString().contains("\"packets\":200");

        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5; i++) {
            assertThat(documents(parts(1 + random.nextInt(4), random.nextDouble(), random)))
                    .as("seed %s", seed)
                    .isEqualTo(whole);
        }
    }

    @Test
    void shouldTellAMinuteAgainWithWhatComesLate() throws Exception {
        List<TrafficMinute> parts = parts(3, 0, new Random(1));
        try (var harness = harness()) {
            harness.open();
            harness.processElement(new StreamRecord<>(parts.get(0)));
            harness.processWatermark(end(MINUTE));
            long first = harness.extractOutputValues().get(0).total().packets();

            harness.processElement(new StreamRecord<>(parts.get(1)));

            assertThat(harness.extractOutputValues()).hasSize(2);
            assertThat(harness.extractOutputValues().get(1).total().packets())
                    .isEqualTo(first + parts.get(1).total().packets());
        }
    }

    @Test
    void shouldGoOnWithTheMinuteAfterARestart() throws Exception {
        List<TrafficMinute> parts = parts(2, 0.2, new Random(2));
        OperatorSubtaskState stored;
        try (var harness = harness()) {
            harness.open();
            for (TrafficMinute part : parts.subList(0, parts.size() / 2)) {
                harness.processElement(new StreamRecord<>(part));
            }
            stored = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(stored);
            harness.open();
            for (TrafficMinute part : parts.subList(parts.size() / 2, parts.size())) {
                harness.processElement(new StreamRecord<>(part));
            }
            harness.processWatermark(end(MINUTE));

            assertThat(harness.extractOutputValues())
                    .extracting(minute -> minute.total().packets())
                    .containsExactly(200L);
        }
    }
}
