package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ServerVersionsTest {
    private static final Pattern FLINK = Pattern.compile("<flink\\.version>(.+)</flink\\.version>");

    @Test
    void shouldRunTheFlinkThatTheJobIsBuiltFor() throws IOException {
        Path root = Installation.root();

        assertThat(flink(root.resolve("deploy/stack/servers/pom.xml"))).isEqualTo(flink(root.resolve("pom.xml")));
    }

    private static String flink(Path pom) throws IOException {
        return FLINK.matcher(Files.readString(pom))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
