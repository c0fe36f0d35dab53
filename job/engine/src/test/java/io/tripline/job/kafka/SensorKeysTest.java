package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.job.kafka.Received.Accepted;
import io.tripline.job.kafka.Received.Rejected;
import io.tripline.rules.sensor.ListedSensors;
import io.tripline.rules.sensor.ListedSensors.Listed;
import io.tripline.schemas.BatchKey;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may write to the topic cannot speak in the name of a sensor whose key it does not have. */
class SensorKeysTest {
    @TempDir
    private Path folder;

    private Path tapKey;
    private Path otherKey;

    @BeforeEach
    void keys() throws IOException {
        tapKey = Files.writeString(folder.resolve("tap"), "0123456789abcdef0123456789abcdef\n");
        otherKey = Files.writeString(folder.resolve("other"), "fedcba9876543210fedcba9876543210\n");
    }

    private BatchDeserializer listing(boolean only) throws IOException {
        ListedSensors listed = new ListedSensors(
                Map.of(
                        "tap",
                        new Listed(null, tapKey.toString(), false),
                        "other",
                        new Listed("lab", otherKey.toString(), false)),
                only);
        BatchDeserializer deserializer = new BatchDeserializer(null, listed);
        deserializer.open(List::of);
        return deserializer;
    }

    private static ConsumerRecord<byte[], byte[]> record(PacketBatch batch, byte @Nullable [] code) {
        ConsumerRecord<byte[], byte[]> message = Batches.message(Batches.bytes(batch));
        if (code != null) {
            message.headers().add(BatchKey.HEADER, code);
        }
        return message;
    }

    private static byte[] code(PacketBatch batch, Path key) throws IOException {
        return BatchKey.read(key).sign(Batches.bytes(batch));
    }

    private static PacketBatch of(String sensor) {
        return Batches.batch().setSensor(sensor).setSegment("lab").build();
    }

    private static String reason(Received received) {
        return received instanceof Rejected rejected ? rejected.reason() : "accepted";
    }

    @Test
    void shouldBelieveASensorThatSignsWithItsKey() throws IOException {
        PacketBatch batch = of("tap");
        assertThat(listing(true).receive(record(batch, code(batch, tapKey)))).isInstanceOf(Accepted.class);
    }

    @Test
    void shouldRefuseABatchInTheNameOfASensorThatSignsNothingOrWithAnotherKey() throws IOException {
        BatchDeserializer deserializer = listing(false);
        PacketBatch batch = of("tap");
        assertThat(reason(deserializer.receive(record(batch, null)))).isEqualTo("unsigned");
        assertThat(reason(deserializer.receive(record(batch, code(batch, otherKey)))))
                .isEqualTo("forged");
        assertThat(reason(deserializer.receive(record(batch, new byte[0])))).isEqualTo("forged");
    }

    @Test
    void shouldRefuseASignedBatchInWhichAnythingWasChanged() throws IOException {
        PacketBatch batch = of("tap");
        byte[] code = code(batch, tapKey);
        batch.setSequence(8);
        assertThat(reason(listing(false).receive(record(batch, code)))).isEqualTo("forged");
    }

    @Test
    void shouldTakeOrRefuseThoseThatAreNotListedAsTheSettingsSay() throws IOException {
        assertThat(reason(listing(false).receive(record(of("guest"), null)))).isEqualTo("accepted");
        assertThat(reason(listing(true).receive(record(of("guest"), null)))).isEqualTo("unlisted");
    }

    @Test
    void shouldRefuseWhatASensorTellsOfAnotherSegmentThanItsOwn() throws IOException {
        PacketBatch batch =
                Batches.batch().setSensor("other").setSegment("office").build();
        assertThat(reason(listing(false).receive(record(batch, code(batch, otherKey)))))
                .isEqualTo("wrong-segment");
    }

    @Test
    void shouldNotStartWithAKeyThatIsMissingOrShortAndTellWhichNotWhat() throws IOException {
        Files.writeString(tapKey, "short");
        assertThatThrownBy(() -> listing(false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(tapKey.toString())
                .hasMessageNotContaining("short\n");
        Files.delete(tapKey);
        assertThatThrownBy(() -> listing(false)).isInstanceOf(IOException.class);
    }
}
