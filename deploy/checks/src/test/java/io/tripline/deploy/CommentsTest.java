package io.tripline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.deploy.Project.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Comments are what the formatter leaves alone: they keep to 120 columns, and each can be read by itself. */
class CommentsTest {
    private static final int COLUMNS = 120;
    private static final Pattern COMMENT = Pattern.compile("\\s*(?:/\\*|\\* |//).*");

    /** A comment that labels an overload, or says that something is itself, tells nothing to those who see it alone. */
    private static final Pattern EMPTY =
            Pattern.compile("/\\*\\* (?:The same[ ,.].*|Its \\w+\\.|See \\{@link [^}]*}\\.) \\*/");

    @Test
    void shouldKeepTo120Columns() throws IOException {
        // The rules' older comments are wider.
        assertThat(lines(
                        line -> line.length() > COLUMNS && COMMENT.matcher(line).matches()))
                .allMatch(found -> found.startsWith("job/rules/"));
    }

    @Test
    void shouldSaySomethingByThemselves() throws IOException {
        assertThat(lines(line -> EMPTY.matcher(line).find())).isEmpty();
    }

    private interface Fault {
        boolean in(String line);
    }

    private static List<String> lines(Fault fault) throws IOException {
        List<Source> sources = Project.sources().toList();
        assertThat(sources).hasSizeGreaterThan(300);
        List<String> found = new ArrayList<>();
        for (Source source : sources) {
            int number = 0;
            for (String line : source.text().lines().toList()) {
                number++;
                if (fault.in(line)) {
                    found.add(source.path() + ":" + number + ": " + line.strip());
                }
            }
        }
        return found;
    }
}
