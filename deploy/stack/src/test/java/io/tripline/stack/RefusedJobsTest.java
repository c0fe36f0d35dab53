package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedJobsTest {
    @TempDir
    private Path results;

    @Test
    void shouldForgetOnlyWhatNoJobManagerCanRead() throws IOException {
        Path refused = Files.writeString(
                results.resolve("0a_DIRTY.json"), "{\"result\":{\"id\":\"0a\",\"net-runtime\":0},\"version\":1}");
        Path ended = Files.writeString(
                results.resolve("0b_DIRTY.json"),
                "{\"result\":{\"id\":\"0b\",\"application-id\":\"0b\"},\"version\":1}");
        Path clean = Files.writeString(results.resolve("0c.json"), "{\"result\":{\"id\":\"0c\"},\"version\":1}");

        assertThat(RefusedJobs.forget(results)).containsExactly("0a");
        assertThat(refused).doesNotExist();
        assertThat(ended).exists();
        assertThat(clean).exists();
        assertThat(RefusedJobs.forget(results.resolve("none"))).isEmpty();
    }
}
