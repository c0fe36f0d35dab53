package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.job.elastic.ElasticSettings;
import io.tripline.job.elastic.ElasticSinkContract;
import io.tripline.job.elastic.ElasticTemplates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The job's sinks with real servers, each version once; and the searches that the documentation shows. */
@Tag("system")
class ElasticSinkOnServersTest {
    private static final Path PAGE = Path.of("../../docs/alerts.md");
    private static final Pattern SEARCH = Pattern.compile(
            "^curl -s '?localhost:9200(/[^' ]*)'? -H 'content-type: application/json' -d '(.*?)'$",
            Pattern.MULTILINE | Pattern.DOTALL);

    @Nested
    class Version8 extends OnServer {
        Version8() {
            super(8);
        }
    }

    @Nested
    class Version9 extends OnServer {
        Version9() {
            super(9);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class OnServer extends ElasticSinkContract {
        private final int version;

        private @Nullable ElasticServer server;

        OnServer(int version) {
            this.version = version;
        }

        @BeforeAll
        void start(@TempDir Path dir) throws Exception {
            assumeTrue(
                    ElasticServer.canRun(version), "Elasticsearch " + version + " needs a newer Java: not tested here");
            List<Integer> ports = Ports.free(2);
            ElasticServer started = new ElasticServer(dir, version, ports.get(0), ports.get(1));
            server = started;
            started.startAndAwait();
        }

        @AfterAll
        void stop() {
            if (server != null) {
                server.stop();
            }
        }

        @Override
        protected String address() {
            return Objects.requireNonNull(server).address();
        }

        /** They answer without an error, which a field of another type would give, also before the first document. */
        @Test
        void shouldAnswerTheSearchesOfTheDocumentation() throws IOException {
            ElasticTemplates.install(ElasticSettings.of(address()));
            List<MatchResult> searches =
                    SEARCH.matcher(Files.readString(PAGE)).results().toList();

            assertThat(searches).hasSizeGreaterThanOrEqualTo(4);
            for (MatchResult search : searches) {
                JsonNode answer = Http.send("POST", address() + search.group(1), search.group(2));
                assertThat(answer.path("_shards").path("failed").asInt(-1))
                        .as(search.group())
                        .isZero();
            }
        }
    }
}
