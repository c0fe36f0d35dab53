package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.JobSettings;
import io.tripline.schemas.PacketBatch;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every cluster may rely on, whatever the source and the sinks. */
class JobGraphTest {
    private static final class Discarding extends NoResults {
        private final boolean wholeMinutes;

        Discarding(boolean wholeMinutes) {
            this.wholeMinutes = wholeMinutes;
        }

        @Override
        public boolean wholeMinutes() {
            return wholeMinutes;
        }
    }

    private static StreamGraph graph() {
        return graph(false);
    }

    private static StreamGraph graph(boolean wholeMinutes) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2, JobGraph.configuration());
        DataGeneratorSource<PacketBatch> batches = new DataGeneratorSource<>(
                index -> new PacketBatch(), 1, RateLimiterStrategy.noOp(), new AvroTypeInfo<>(PacketBatch.class));
        JobGraph.build(environment, batches, 1, JobSettings.DEFAULT, new Discarding(wholeMinutes));
        return environment.getStreamGraph();
    }

    /** With generic types off, Flink refuses a job in which any type would fall back to Kryo. */
    @Test
    void shouldBuildWithoutGenericTypes() {
        assertThat(graph().getJobGraph().getNumberOfVertices()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void shouldPutMinutesTogetherWhereTheyAreWantedWhole() {
        assertThat(graph(true).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .contains("traffic-minutes");
        assertThat(graph(true).getJobGraph().getNumberOfVertices()).isGreaterThanOrEqualTo(3);
        assertThat(graph(false).getStreamNodes())
                .extracting(StreamNode::getTransformationUID)
                .doesNotContain("traffic-minutes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveEveryOperatorItsOwnUidAndName(boolean wholeMinutes) {
        Set<String> uids = new HashSet<>();
        for (StreamNode node : graph(wholeMinutes).getStreamNodes()) {
            assertThat(node.getTransformationUID()).as(node.getOperatorName()).isNotBlank();
            assertThat(node.getOperatorName()).isNotBlank();
            assertThat(uids.add(node.getTransformationUID()))
                    .as(node.getTransformationUID())
                    .isTrue();
        }
    }

    @Test
    void shouldFixTheNumberOfKeyGroups() {
        assertThat(graph().getJobGraph().getVertices())
                .allSatisfy(vertex -> assertThat(vertex.getMaxParallelism()).isEqualTo(720));
    }
}
