package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("system")
class ElasticServerTest {
    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(ints = {8, 9})
    void shouldFindAgainWhatWasIndexedBeforeAKill(int version) throws Exception {
        assumeTrue(ElasticServer.canRun(version), "Elasticsearch " + version + " needs a newer Java: not tested here");
        List<Integer> ports = Ports.free(2);
        ElasticServer elastic = new ElasticServer(dir, version, ports.get(0), ports.get(1));
        try {
            elastic.startAndAwait();
            Http.send("PUT", elastic.address() + "/scans", """
                    {"settings": {"index.codec": "best_compression", "number_of_replicas": 0},
                     "mappings": {"properties": {"source": {"properties": {"ip": {"type": "ip"}}}}}}""");
            Http.send("PUT", elastic.address() + "/scans/_doc/1", "{\"source\": {\"ip\": \"192.0.2.7\"}}");

            elastic.kill();
            elastic.startAndAwait();
            Http.send("POST", elastic.address() + "/scans/_refresh", "");

            JsonNode found = Http.get(elastic.address() + "/scans/_search?q=source.ip:%22192.0.2.0/24%22");
            assertThat(found.at("/hits/total/value").asInt()).isEqualTo(1);
        } finally {
            elastic.stop();
        }
        assertThat(elastic.isRunning()).isFalse();
    }
}
