package io.tripline.sensor.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long CAPACITY = 8 << 20;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private final Notices notices = new Notices(told::add);

    private static Outgoing batch(int number, int size) {
        byte[] bytes = new byte[size];
        bytes[0] = (byte) number;
        return new Outgoing("tap", 10, 0, 0, bytes, number, Outgoing.ANY, false);
    }

    private Spool open() throws IOException {
        return Spool.open(folder, CAPACITY, notices);
    }

    private static List<Integer> drain(Spool spool) {
        List<Integer> numbers = new ArrayList<>();
        for (Outgoing batch = spool.next(); batch != null; batch = spool.next()) {
            numbers.add((int) batch.bytes[0]);
            spool.consumed(Objects.requireNonNull(batch.position));
        }
        return numbers;
    }

    private List<Path> segments() throws IOException {
        return SpoolSegment.files(folder);
    }

    @Test
    void shouldKeepWhereABatchWentSoThatItGoesThereAgain() throws IOException {
        try (Spool spool = open()) {
            Outgoing sent = batch(70, 10);
            sent.partition = 3;
            spool.append(sent);
            spool.append(batch(71, 10));
        }
        try (Spool spool = open()) {
            Outgoing first = Objects.requireNonNull(spool.next());
            Outgoing second = Objects.requireNonNull(spool.next());

            assertThat(first.partition).isEqualTo(3);
            assertThat(first.sequence).isEqualTo(70);
            assertThat(second.partition).isEqualTo(Outgoing.ANY);
            assertThat(second.sequence).isEqualTo(71);
        }
    }

    @Test
    void shouldGiveBackInOrderWhatWasAppendedAndLeaveNothingBehind() throws IOException {
        try (Spool spool = open()) {
            for (int i = 1; i <= 20; i++) {
                assertThat(spool.append(batch(i, 50_000))).isTrue();
            }
            assertThat(segments()).hasSizeGreaterThan(3);
            assertThat(drain(spool)).hasSize(20).isSorted();
            assertThat(spool.isRead()).isTrue();
            assertThat(spool.bytes()).isZero();
            assertThat(segments()).isEmpty();
        }
    }

    @Test
    void shouldNotPromiseMoreThanTheFileSystemHasRoomFor() throws IOException {
        try (Spool spool = Spool.open(folder, Long.MAX_VALUE, notices)) {
            assertThat(spool.capacity())
                    .isPositive()
                    .isLessThanOrEqualTo(Files.getFileStore(folder).getTotalSpace());
        }
        try (Spool spool = open()) {
            assertThat(spool.capacity()).isEqualTo(CAPACITY);
        }
    }

    @Test
    void shouldGoOnAfterAKillWhereReadingWas() throws IOException {
        try (Spool spool = open()) {
            for (int i = 1; i <= 4; i++) {
                spool.append(batch(i, 100));
            }
            spool.consumed(Objects.requireNonNull(Objects.requireNonNull(spool.next()).position));
            spool.next(); // read, but never acknowledged
        }
        try (Spool spool = open()) {
            assertThat(spool.found()).containsEntry("tap", new Spool.Contents(30, 0));
            assertThat(spool.isRead()).isFalse();
            assertThat(drain(spool)).containsExactly(2, 3, 4);
        }
        assertThat(told).isEmpty();
    }

    @Test
    void shouldCutOffARecordThatAKillLeftTorn() throws IOException {
        try (Spool spool = open()) {
            spool.append(batch(1, 100));
            spool.append(batch(2, 100));
        }
        try (RandomAccessFile file = new RandomAccessFile(segments().get(0).toFile(), "rw")) {
            file.setLength(file.length() - 7);
        }
        try (Spool spool = open()) {
            assertThat(spool.append(batch(3, 100))).isTrue();
            assertThat(drain(spool)).containsExactly(1, 3);
        }
        assertThat(told).singleElement().asString().contains("incomplete record");
    }

    @Test
    void shouldPassOverARecordWhoseChecksumIsWrong() throws IOException {
        try (Spool spool = open()) {
            for (int i = 1; i <= 3; i++) {
                spool.append(batch(i, 100_000)); // one segment each
            }
        }
        assertThat(segments()).hasSize(3);
        try (RandomAccessFile file = new RandomAccessFile(segments().get(1).toFile(), "rw")) {
            file.seek(50_000);
            file.write(0x55);
        }
        try (Spool spool = open()) {
            assertThat(spool.found()).containsEntry("tap", new Spool.Contents(20, 0));
            assertThat(drain(spool)).containsExactly(1, 3);
            assertThat(segments()).isEmpty();
        }
    }

    @Test
    void shouldRefuseWhatGoesBeyondItsCapacityAndTakeMoreWhenThereIsRoom() throws IOException {
        try (Spool spool = open()) {
            int taken = 0;
            while (spool.append(batch(1, 200_000))) {
                taken++;
            }
            assertThat(taken).isBetween(38, 42);
            assertThat(spool.bytes()).isLessThanOrEqualTo(CAPACITY);
            assertThat(told).singleElement().asString().contains("is full");
            drain(spool);
            assertThat(spool.append(batch(2, 200_000))).isTrue();
        }
    }

    @Test
    void shouldLiveThroughAFullDisk() throws Exception {
        assumeThat(Files.isWritable(Path.of("/proc/1/oom_score_adj")))
                .as("only root can mount a small disk")
                .isTrue();
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()))
                .as("a small disk can be mounted")
                .isZero();
        try (Spool spool = Spool.open(disk, CAPACITY, notices)) {
            int taken = 0;
            while (spool.append(batch(taken + 1, 50_000))) {
                taken++;
            }
            assertThat(taken).isBetween(10, 21);
            assertThat(told).singleElement().asString().contains("cannot write");
            Outgoing first = Objects.requireNonNull(spool.next());
            Outgoing second = Objects.requireNonNull(spool.next());
            assertThat(second.bytes[0]).isEqualTo((byte) 2);
            spool.consumed(Objects.requireNonNull(first.position));
            spool.consumed(Objects.requireNonNull(second.position));
            assertThat(spool.append(batch(99, 50_000))).isTrue();
            assertThat(drain(spool)).hasSize(taken - 1).endsWith(99);
        } finally {
            run("umount", "--lazy", disk.toString()); // its small files stay mapped for a while
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).inheritIO().start();
        return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    @Test
    void shouldBelongToOneSensorAtATime() throws IOException {
        try (Spool spool = open()) {
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("another sensor");
            assertThat(spool.bytes()).isZero();
        }
        open().close();
    }
}
