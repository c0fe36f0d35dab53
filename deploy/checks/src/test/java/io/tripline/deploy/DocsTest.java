package io.tripline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages say what the programs say. */
class DocsTest {
    private static final Pattern STATUSES = Pattern.compile("exitCodeList = \\{(.*?)}", Pattern.DOTALL);
    private static final Pattern STATUS = Pattern.compile("\"(\\d+):([^\"]*)\"");

    /** Somebody who has never heard of Tripline reads it in three minutes. */
    @Test
    void shouldKeepTheReadmeShort() throws IOException {
        assertThat(Project.text("README.md").split("\\s+")).hasSizeBetween(300, 700);
    }

    @Test
    void shouldListEveryExitStatusOfEveryProgram() throws IOException {
        List<MatchResult> statuses = Project.sources()
                .flatMap(source -> STATUSES.matcher(source.text()).results())
                .flatMap(list -> STATUS.matcher(list.group(1)).results())
                .toList();
        assertThat(statuses).hasSizeGreaterThan(20);

        Stream<String> rows = statuses.stream().map(status -> "| " + status.group(1) + " | " + status.group(2) + " |");
        assertThat(Project.text("docs/exit-status.md").lines()).containsAll(rows.toList());
    }
}
