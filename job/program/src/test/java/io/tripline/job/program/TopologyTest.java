package io.tripline.job.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.elastic.ElasticSettings;
import io.tripline.job.kafka.Delivery;
import io.tripline.job.kafka.KafkaBatches.From;
import io.tripline.job.kafka.KafkaSettings;
import io.tripline.job.kafka.Topics;
import io.tripline.job.stream.JobGraph;
import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.intel.IntelList;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A savepoint goes on where each operator that it has state of is there again: so settings never decide which there
 * are.
 */
class TopologyTest {
    private static final ElasticSettings ELASTIC = ElasticSettings.of("http://127.0.0.1:9200");

    /** Identifiers of all operators, as savepoints have them. */
    private static Set<String> operators(JobSettings rules, KafkaSettings kafka, @Nullable ElasticSettings elastic) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(2, JobGraph.configuration());
        new LiveJob(new Settings(rules, kafka, elastic), From.EARLIEST, false).build(environment);
        Set<String> ids = new TreeSet<>();
        for (JobVertex vertex : StreamSupport.stream(
                        environment.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
                .toList()) {
            vertex.getOperatorIDs()
                    .forEach(id -> ids.add(id.getGeneratedOperatorID() + ""
                            + id.getUserDefinedOperatorID()
                                    .map(Object::toString)
                                    .orElse("")));
        }
        return ids;
    }

    private static JobSettings withIntel() {
        IntelIndex.Builder index = new IntelIndex.Builder();
        index.list(new IntelList("list", ""));
        index.add("example.com");
        return new JobSettings(JobSettings.DEFAULT.alerts(), JobSettings.DEFAULT.rules(), index.build());
    }

    private static KafkaSettings withSuppressed() {
        Topics usual = Topics.DEFAULT;
        return KafkaSettings.DEFAULT.withTopics(new Topics(
                usual.packets(),
                usual.alerts(),
                "tripline.suppressed",
                usual.late(),
                usual.rejected(),
                usual.schemas()));
    }

    private static Stream<String> rules() {
        return Rules.ALL.stream().map(Rule::id);
    }

    private static final Set<String> ALL = operators(JobSettings.DEFAULT, KafkaSettings.DEFAULT, ELASTIC);

    @ParameterizedTest
    @MethodSource("rules")
    void shouldBeTheSameWithAnySingleRuleOff(String rule) {
        assertThat(operators(JobSettings.DEFAULT.with(rule, false), KafkaSettings.DEFAULT, ELASTIC))
                .isEqualTo(ALL);
    }

    @Test
    void shouldBeTheSameWithoutElasticsearch() {
        assertThat(operators(JobSettings.DEFAULT, KafkaSettings.DEFAULT, null)).isEqualTo(ALL);
    }

    @Test
    void shouldBeTheSameWithLists() {
        assertThat(operators(withIntel(), KafkaSettings.DEFAULT, ELASTIC)).isEqualTo(ALL);
    }

    @Test
    void shouldBeTheSameWithATopicOfWhatIsAllowedAndWithAnotherDelivery() {
        assertThat(operators(JobSettings.DEFAULT, withSuppressed(), ELASTIC)).isEqualTo(ALL);
        assertThat(operators(JobSettings.DEFAULT, KafkaSettings.DEFAULT.withDelivery(Delivery.EXACTLY_ONCE), ELASTIC))
                .isEqualTo(ALL);
    }
}
