package io.tripline.sensor.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.BatchKey;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherTest {
    private static final String TOPIC = "tripline.packets";
    private static final Node NODE = new Node(1, "broker", 9092);

    @TempDir
    private Path folder;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Notices notices = new Notices(told::add);
    private final BrokerClock brokerClock = new BrokerClock();
    private final MockProducer<byte[], byte[]> producer = producer();
    private @Nullable Publisher running;

    @SuppressWarnings("resource")
    private static MockProducer<byte[], byte[]> producer() {
        Cluster cluster = new Cluster(
                "test",
                List.of(NODE),
                List.of(partition(0), partition(1), partition(2)),
                java.util.Set.of(),
                java.util.Set.of());
        return new MockProducer<>(
                cluster, true, new RoundRobinPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static PartitionInfo partition(int number) {
        return new PartitionInfo(TOPIC, number, NODE, new Node[] {NODE}, new Node[] {NODE});
    }

    private Publisher publisher(@Nullable Spool spool, Ledger ledger, int waiting) {
        Publisher made = new Publisher(
                new KafkaDestination(() -> producer, TOPIC, null, notices),
                spool,
                ledger,
                brokerClock,
                WallClock.system(),
                notices,
                waiting);
        running = made;
        return made;
    }

    private Publisher spooled() throws IOException {
        Spool spool = Spool.open(folder, 8 << 20, notices);
        Ledger ledger = Ledger.open(folder.resolve("ledger"));
        ledger.carryOver(spool.found(), notices);
        return publisher(spool, ledger, 1_000);
    }

    @AfterEach
    void close() throws IOException {
        if (running != null) {
            running.close(Duration.ZERO);
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.onSpinWait();
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private List<PacketBatch> sent() {
        return Batches.decode(producer.history());
    }

    @Test
    void shouldPublishWithoutKeyAndNameTheSensorInAHeader() throws Exception {
        Publisher publisher = publisher(null, Ledger.inMemory(), 1_000);
        publisher.start();
        publisher.offer(Batches.of(7));
        publisher.offer(Batches.of(8));
        assertThat(publisher.close(Duration.ofSeconds(10))).isZero();
        running = null;

        assertThat(sent()).extracting(PacketBatch::getPackets).containsExactly(7L, 8L);
        assertThat(sent()).extracting(PacketBatch::getSequence).containsExactly(0L, 1L);
        ProducerRecord<byte[], byte[]> record = producer.history().get(0);
        assertThat(record.key()).isNull();
        assertThat(record.headers().lastHeader("sensor").value()).isEqualTo("tap".getBytes(StandardCharsets.UTF_8));
        assertThat(publisher.ledger().account("tap").published()).isEqualTo(15);
    }

    @Test
    void shouldSendAHeartbeatToEveryPartitionAndTellCountersOnce() throws Exception {
        Publisher publisher = publisher(null, Ledger.inMemory(), 1_000);
        publisher.ledger().account("tap").discard(5, 2);
        publisher.start();
        PacketBatch heartbeat = Batches.of(0);
        heartbeat.setDropped(3);
        publisher.offer(heartbeat);
        publisher.close(Duration.ofSeconds(10));
        running = null;

        assertThat(producer.history()).extracting(ProducerRecord::partition).containsExactly(0, 1, 2);
        assertThat(sent()).extracting(PacketBatch::getSequence).containsExactly(0L, 1L, 2L);
        assertThat(sent()).extracting(PacketBatch::getNewest).containsOnly(1_000_000L);
        assertThat(sent()).extracting(PacketBatch::getDropped).containsExactly(5L, 0L, 0L);
        assertThat(sent()).extracting(PacketBatch::getDiscarded).containsExactly(5L, 0L, 0L);
    }

    @Test
    void shouldSendHeartbeatsToManyPartitionsByTurnsSoThatEachHearsOfItEveryThird() throws Exception {
        for (int partitions : new int[] {12, 24, 120}) {
            List<PartitionInfo> all = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                all.add(partition(i));
            }
            MockProducer<byte[], byte[]> many = new MockProducer<>(
                    new Cluster("test", List.of(NODE), all, java.util.Set.of(), java.util.Set.of()),
                    true,
                    new RoundRobinPartitioner(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
            Publisher publisher = new Publisher(
                    new KafkaDestination(() -> many, TOPIC, null, notices),
                    null,
                    Ledger.inMemory(),
                    brokerClock,
                    WallClock.system(),
                    notices);
            publisher.start();
            for (int i = 0; i < 6; i++) {
                publisher.offer(Batches.of(0));
            }
            PacketBatch last = Batches.of(0);
            last.setEnding(true);
            publisher.offer(last);
            publisher.close(Duration.ofSeconds(10));

            int turns = Math.min(3, partitions / 12);
            Map<Integer, Long> heard = many.history().stream()
                    .collect(Collectors.groupingBy(ProducerRecord::partition, Collectors.counting()));
            assertThat(heard).hasSize(partitions);
            assertThat(heard.values()).as("%d partitions", partitions).containsOnly(6L / turns + 1);
            List<Integer> inTurn = many.history().stream()
                    .limit(partitions)
                    .map(ProducerRecord::partition)
                    .toList();
            assertThat(inTurn).doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldSignEachRecordWithTheSensorsKeyAlsoWhatComesFromTheSpool() throws Exception {
        Path file = folder.resolve("key");
        Files.writeString(file, "an example of a key, which has 32 bytes\n");
        BatchKey key = BatchKey.read(file);
        Publisher publisher = new Publisher(
                new KafkaDestination(() -> producer, TOPIC, BatchKey.read(file), notices),
                Spool.open(folder, 8 << 20, notices),
                Ledger.inMemory(),
                brokerClock,
                WallClock.system(),
                notices);
        running = publisher;
        producer.sendException = new TimeoutException("no broker");
        publisher.start();
        publisher.offer(Batches.of(1));
        await(publisher::isSpooling);
        producer.sendException = null;
        await(() -> producer.history().size() == 1);
        publisher.offer(Batches.of(0));
        await(() -> producer.history().size() == 4);

        for (ProducerRecord<byte[], byte[]> record : producer.history()) {
            byte[] code = record.headers().lastHeader("signature").value();
            assertThat(key.isSignedBy(code, record.value())).isTrue();
            code[0]++;
            assertThat(key.isSignedBy(code, record.value())).isFalse();
        }
        assertThat(told).noneMatch(line -> line.contains("example"));
    }

    @Test
    void shouldSpoolWhileKafkaIsAwayAndPublishAllInOrderWhenItIsBack() throws Exception {
        Publisher publisher = spooled();
        publisher.start();
        producer.sendException = new TimeoutException("no broker");
        for (int i = 1; i <= 50; i++) {
            publisher.offer(Batches.of(i));
        }
        await(() -> publisher.isSpooling() && publisher.waiting() == 0);
        assertThat(producer.history()).isEmpty();
        assertThat(publisher.counts().reason()).contains("no broker");
        publisher.offer(Batches.of(0)); // a heartbeat overtakes nothing

        producer.sendException = null;
        publisher.offer(Batches.of(51));
        await(() -> !publisher.isSpooling());
        assertThat(sent())
                .extracting(PacketBatch::getPackets)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 51).boxed().toList());
        assertThat(sent()).last().extracting(PacketBatch::getSpooled).isEqualTo(true);
        publisher.offer(Batches.of(52));
        await(() -> sent().size() == 52);
        assertThat(sent()).last().extracting(PacketBatch::getSpooled).isEqualTo(false);
        assertThat(publisher.spoolBytes()).isZero();
        assertThat(publisher.ledger().account("tap").discarded()).isZero();
        assertThat(told).anyMatch(line -> line.contains("go to the spool")).anyMatch(line -> line.contains("directly"));
    }

    @Test
    void shouldLeaveNoGapInTheNumbersWhereHeartbeatsFoundKafkaAway() throws Exception {
        Publisher publisher = spooled();
        producer.sendException = new TimeoutException("no broker");
        publisher.start();
        publisher.offer(Batches.of(0)); // one for each partition
        await(() -> publisher.counts().reason().contains("no broker"));
        producer.sendException = null;
        publisher.offer(Batches.of(1));
        await(() -> publisher.ledger().account("tap").published() == 1);

        assertThat(sent()).extracting(PacketBatch::getSequence).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }

    @Test
    void shouldLeaveInTheSpoolAtTheEndWhatKafkaDidNotTake() throws Exception {
        Publisher first = spooled();
        producer.sendException = new TimeoutException("no broker");
        first.start();
        first.offer(Batches.of(1));
        first.offer(Batches.of(2));
        assertThat(first.close(Duration.ofSeconds(10))).isZero();

        producer.sendException = null;
        MockProducer<byte[], byte[]> back = producer();
        Spool spool = Spool.open(folder, 8 << 20, notices);
        Ledger ledger = Ledger.open(folder.resolve("ledger"));
        ledger.carryOver(spool.found(), notices);
        Publisher second = new Publisher(
                new KafkaDestination(() -> back, TOPIC, null, notices),
                spool,
                ledger,
                brokerClock,
                WallClock.system(),
                notices);
        running = second;
        second.start();
        await(() -> back.history().size() == 2);
        assertThat(Batches.decode(back.history()))
                .extracting(PacketBatch::getPackets)
                .containsExactly(1L, 2L);
        await(() -> second.ledger().account("tap").published() == 3);
        assertThat(ledger.account("tap").discarded()).isZero();
    }

    @Test
    void shouldTellWhatNeitherKafkaNorTheSpoolTookOnceAndLeaveNoGapInTheNumbers() throws Exception {
        Spool spool = Spool.open(folder, 1 << 16, notices);
        Publisher publisher = publisher(spool, Ledger.inMemory(), 10_000);
        producer.sendException = new TimeoutException("no broker");
        publisher.start();
        for (int i = 0; i < 2_000; i++) {
            publisher.offer(Batches.of(10));
        }
        await(() ->
                publisher.waiting() == 0 && publisher.ledger().account("tap").discarded() > 0);
        assertThat(publisher.counts().secondsSinceDiscarded()).isLessThan(30);

        producer.sendException = null;
        await(() -> !publisher.isSpooling());
        publisher.offer(Batches.of(10));
        long lost = publisher.ledger().account("tap").discarded();
        await(() -> sent().stream().mapToLong(PacketBatch::getDiscarded).sum() == lost);

        assertThat(sent().stream().mapToLong(PacketBatch::getPackets).sum() + lost)
                .isEqualTo(20_010);
        assertThat(sent())
                .extracting(PacketBatch::getSequence)
                .containsExactlyElementsOf(
                        LongStream.range(0, sent().size()).boxed().toList());
    }

    @Test
    void shouldTellAfterAKillHowManyPacketsWereLost() throws Exception {
        Ledger killed = Ledger.open(folder.resolve("ledger"));
        Account account = killed.account("tap");
        account.capture(100);
        Spool left = Spool.open(folder, 8 << 20, notices);
        Outgoing spooled = new Envelopes(killed).wrap(Batches.of(30), false);
        left.append(spooled);
        account.publish(new Envelopes(killed).wrap(Batches.of(60), false));
        left.close();

        Publisher next = spooled();
        next.start();
        next.offer(Batches.of(1));
        await(() -> producer.history().size() == 2);
        assertThat(sent()).extracting(PacketBatch::getPackets).containsExactly(30L, 1L);
        assertThat(sent()).extracting(PacketBatch::getDiscarded).containsExactly(0L, 10L);
        assertThat(told).anyMatch(line -> line.contains("10 packets"));
    }

    @Test
    void shouldNeverWaitForRoomButCountAndTellWhatItThrewAway() throws Exception {
        Publisher publisher = publisher(null, Ledger.inMemory(), 16);
        for (int i = 0; i < 10; i++) {
            publisher.offer(Batches.of(100)); // nobody takes them yet
        }
        Account account = publisher.ledger().account("tap");
        assertThat(account.discarded()).isEqualTo(800);
        publisher.start();
        publisher.close(Duration.ofSeconds(10));
        running = null;
        assertThat(sent()).extracting(PacketBatch::getPackets).containsExactly(100L, 100L);
        assertThat(sent()).extracting(PacketBatch::getDiscarded).containsExactly(800L, 0L);
    }

    @Test
    void shouldDiscardWhatTheTopicRefusesAndGoOn() throws Exception {
        Publisher publisher = spooled();
        publisher.start();
        producer.sendException = new RecordTooLargeException("too large");
        publisher.offer(Batches.of(9));
        await(() -> publisher.ledger().account("tap").discarded() == 9);
        producer.sendException = null;
        publisher.offer(Batches.of(1));
        await(() -> producer.history().size() == 1);
        assertThat(sent().get(0).getDiscarded()).isEqualTo(9);
        assertThat(publisher.isSpooling()).isFalse();
    }

    @Test
    void shouldWaitInsteadOfThrowingAwayWhatIsReplayed() throws Exception {
        Publisher publisher = publisher(null, Ledger.inMemory(), 16);
        producer.sendException = new TimeoutException("no broker");
        publisher.start();
        Thread reader = new Thread(() -> {
            try {
                for (int i = 1; i <= 20; i++) {
                    publisher.put(Batches.of(i));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        reader.start();
        await(() -> reader.getState() == Thread.State.WAITING);
        producer.sendException = null;
        reader.join(20_000);
        publisher.close(Duration.ofSeconds(20));
        running = null;
        assertThat(sent()).extracting(PacketBatch::getPackets).hasSize(20).isSorted();
        assertThat(Objects.requireNonNull(publisher.ledger().account("tap")).discarded())
                .isZero();
    }
}
