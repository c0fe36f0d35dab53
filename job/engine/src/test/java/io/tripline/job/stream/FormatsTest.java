package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tripline.rules.Subjects;
import io.tripline.rules.codec.BasicCodecs;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Codecs;
import io.tripline.rules.codec.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No format of stored state changes unnoticed, but for one whose fields mean something else than they did: that is
 * {@link SavepointTest}'s. {@code src/test/resources/formats} has values of each type in each version that is read, in
 * files named {@code ID.VERSION}, and in {@code released} the number of the format of the latest release. To store
 * those of formats that are not released: {@code ./mvnw test -pl job/engine -am -Dtest=FormatsTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dtripline.formats=true}
 */
class FormatsTest {
    private static final String WRITE = "tripline.formats";
    private static final Path FOLDER = Path.of("src", "test", "resources", "formats");

    /** What admission hands on within its own chain; it is never stored. */
    private static final Set<String> NEVER_STORED = Set.of("received", "rejected", "late-batches");

    private static int released;

    @BeforeAll
    static void store() throws IOException {
        released = Integer.parseInt(Files.readString(FOLDER.resolve("released")).strip());
        if (System.getProperty(WRITE) == null) {
            return;
        }
        Map<String, byte[]> samples = StateSamples.play(
                "multi_scan_sequence_with_background.pcap",
                "brute_ssh_hydra.pcap",
                "dns_iodine_TXT_base32.pcap",
                "dns_exfil_short_hex16_A.pcap",
                "icmp_ptunnelng_ssh.pcap",
                "arp_arpspoof_mitm.pcap",
                "sweep_routed_tcp445_syn.pcap",
                "sweep_arp_sn.pcap",
                "slow_fin_8s_80ports.pcap",
                "distributed_5src_15ports.pcap",
                "syn_21ports.pcap",
                "os_O.pcap",
                "flood_v6_syn.pcap.gz",
                "flood_icmp.pcap.gz",
                "volume_exfil_udp_4MB.pcap.gz");
        for (Codec<?> codec : codecs()) {
            byte[] sample = samples.get(codec.format().id());
            if (sample != null && codec.format().version() > released) {
                Files.write(file(codec.format(), codec.format().version()), sample);
            }
        }
    }

    static List<Codec<?>> codecs() {
        return Codecs.all(FormatsTest.class.getClassLoader()).stream()
                .filter(codec -> !codec.format().id().equals("parcel"))
                .toList();
    }

    static List<Codec<?>> stored() {
        return codecs().stream()
                .filter(codec -> !NEVER_STORED.contains(codec.format().id()))
                .toList();
    }

    @Test
    void shouldFindEveryCodecById() throws Exception {
        for (Codec<?> codec : codecs()) {
            assertThat(Codecs.find(codec.format().id(), FormatsTest.class.getClassLoader()))
                    .as("codecs of %s", codec.format().id())
                    .hasValueSatisfying(found -> assertThat(found).isSameAs(codec));
            assertThat(sent(codec)).isSameAs(codec);
        }
        assertThat(codecs().stream().map(codec -> codec.format().id()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z-]+"));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void shouldWriteWhatTheStoredSampleOfItsVersionSays(Codec<?> codec) throws IOException {
        Format format = codec.format();
        Path file = file(format, format.version());
        if (!Files.exists(file)) {
            fail("%s has no sample in version %d: store it, see this test", format.id(), format.version());
        }
        byte[] sample = Files.readAllBytes(file);
        byte[] written;
        try {
            written = writtenAnew(codec, sample);
        } catch (IOException | RuntimeException e) {
            throw new AssertionError(advice(format), e);
        }
        assertThat(sorted(written)).as(advice(format)).isEqualTo(sorted(sample));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void shouldReadTheVersionBefore(Codec<?> codec) throws IOException {
        Format format = codec.format();
        byte[] sample = Files.readAllBytes(file(format, format.oldest()));

        byte[] migrated = writtenAnew(codec, sample);

        assertThat(sorted(writtenAnew(codec, migrated))).isEqualTo(sorted(migrated));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void shouldHaveTheNumberOfTheFormatInWhichItChangedLast(Codec<?> codec) throws IOException {
        Format format = codec.format();
        assertThat(format.version()).isLessThanOrEqualTo(released + 1);
        int before = 0;
        for (int version = 1; version <= released; version++) {
            before = Files.exists(file(format, version)) ? version : before;
        }
        if (before == 0) {
            assertThat(format.oldest())
                    .as("%s is new since the latest release, whose format is number %d", format.id(), released)
                    .isEqualTo(released + 1);
        } else {
            assertThat(format.oldest())
                    .as("%s: what the latest release stored is read", format.id())
                    .isLessThanOrEqualTo(before);
        }
    }

    @Test
    void shouldNeverChangeTheFormatOfAKey() {
        List<Codec<?>> keys = new ArrayList<>(List.of(BasicCodecs.ADDRESS, MinuteKey.CODEC));
        Subjects.ALL.forEach(subject -> keys.add(subject.key()));
        for (Codec<?> key : keys) {
            Format format = key.format();
            assertThat(format.oldest())
                    .as("%s: Flink takes no other version of a key; give the operator another uid instead", format.id())
                    .isEqualTo(format.version());
        }
    }

    private static String advice(Format format) {
        return format.version() > released
                ? "the format of %s changed since its sample was stored. No release has it: store the sample anew, see this test"
                        .formatted(format.id())
                : ("the format of %s changed, and a release stored it: make its version %d, its oldest %d, and let its reader read both"
                                + " (docs/job.md, Versions)")
                        .formatted(format.id(), released + 1, format.version());
    }

    /** Reads all values of a sample, and writes them. */
    private static <T> byte[] writtenAnew(Codec<T> codec, byte[] sample) throws IOException {
        CodecSerializer<T> serializer = new CodecSerializer<>(codec);
        DataInputDeserializer in = new DataInputDeserializer(sample);
        DataOutputSerializer out = new DataOutputSerializer(sample.length);
        while (in.available() > 0) {
            serializer.serialize(serializer.deserialize(in), out);
        }
        return out.getCopyOfBuffer();
    }

    /** Hash tables are written in an order that depends on how they came to be. */
    private static byte[] sorted(byte[] bytes) {
        byte[] sorted = bytes.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static Path file(Format format, int version) {
        return FOLDER.resolve(format.id() + "." + version);
    }

    /** As it arrives in another process. */
    private static Object sent(Codec<?> codec) throws IOException, ClassNotFoundException {
        return InstantiationUtil.clone(codec);
    }
}
