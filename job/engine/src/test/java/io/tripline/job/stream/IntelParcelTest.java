package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.JobSettings;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.intel.IntelList;
import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists do not travel in the job's graph; each process reads them once. */
class IntelParcelTest {
    private static final Set<Integer> OPENED = ConcurrentHashMap.newKeySet();

    @TempDir
    private Path folder;

    private static IntelIndex index(int domains) {
        IntelIndex.Builder index = new IntelIndex.Builder();
        index.list(new IntelList("feed", "c2"));
        for (int i = 0; i < domains; i++) {
            index.add("d" + i + ".example");
        }
        return index.build();
    }

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.createLocalEnvironment(2, io.tripline.job.stream.JobGraph.configuration());
    }

    @Test
    void shouldKeepTheGraphOfAJobWithAMillionEntriesSmall() throws IOException {
        StreamExecutionEnvironment environment = environment();
        io.tripline.job.stream.JobGraph.build(
                environment,
                new DataGeneratorSource<>(
                        number -> new PacketBatch(),
                        1,
                        RateLimiterStrategy.noOp(),
                        new AvroTypeInfo<>(PacketBatch.class)),
                1,
                new JobSettings(JobSettings.DEFAULT.alerts(), JobSettings.DEFAULT.rules(), index(1_000_000)),
                new NoResults());

        JobGraph graph = environment.getStreamGraph().getJobGraph();

        assertThat(InstantiationUtil.serializeObject(graph)).hasSizeLessThan(1_000_000);
        assertThat(graph.getUserArtifacts()).hasSize(1);
    }

    /** The map runs in a process that holds nothing, and has the file from the distributed cache alone. */
    @Test
    void shouldBringTheListsToEachTaskAndShareThemThere() throws Exception {
        StreamExecutionEnvironment environment = environment();
        IntelParcel parcel = IntelParcel.of(index(1_000), environment);
        IntelParcel.forget();
        environment
                .fromSequence(1, 10)
                .map(new Looking(parcel))
                .returns(Types.INT)
                .sinkTo(new DiscardingSink<>());

        environment.execute();

        assertThat(OPENED).as("indexes in a process with two instances").hasSize(1);
    }

    @Test
    void shouldNameTheFileAndBothHashesWhereItIsAnother() throws IOException {
        Path file = folder.resolve("lists");
        String hash = IntelParcel.write(index(10), file);
        assertThat(new IntelParcel(hash).read(file).findDomain("www.d7.example"))
                .isEqualTo(7);

        Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);

        assertThatThrownBy(() -> new IntelParcel(hash).read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(hash)
                .hasMessageMatching(".*SHA-256 is [0-9a-f]{64}, must be [0-9a-f]{64}");
    }

    private static final class Looking extends RichMapFunction<Long, Integer> {
        private final IntelParcel parcel;
        private transient IntelIndex index = IntelIndex.EMPTY;

        Looking(IntelParcel parcel) {
            this.parcel = parcel;
        }

        @Override
        public void open(OpenContext context) throws IOException {
            index = parcel.open(getRuntimeContext());
            OPENED.add(System.identityHashCode(index));
        }

        @Override
        public Integer map(Long number) {
            int found = index.findDomain("www.d" + number + ".example");
            if (found != number) {
                throw new IllegalStateException(number + " is found as " + found);
            }
            return found;
        }
    }
}
