package io.tripline.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.deploy.Project.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pages and messages say it in the field's words, so that users can search for them. */
class WordsTest {
    private WordList words;

    @BeforeEach
    void read() throws IOException {
        words = WordList.read();
    }

    @Test
    void shouldUseTheFieldsWordsInPages() throws IOException {
        List<String> found = new ArrayList<>();
        List<Source> pages = Project.files("", ".md")
                .filter(page -> !page.path().endsWith("CHANGELOG.md"))
                .filter(page -> page.path().getNameCount() == 1
                        || page.path().startsWith("docs")
                        || page.path().startsWith("samples"))
                .toList();
        pages.forEach(page -> found.addAll(words.inPage(page.path().toString(), page.text())));
        assertThat(pages).hasSizeGreaterThan(30);
        assertThat(found).isEmpty();
    }

    @Test
    void shouldUseTheFieldsWordsInMessages() throws IOException {
        List<String> found = new ArrayList<>();
        List<Source> sources = Project.sources()
                .filter(source -> !source.path().startsWith("job/rules"))
                .toList();
        sources.forEach(source -> found.addAll(words.inSource(source.path().toString(), source.text())));
        assertThat(sources).hasSizeGreaterThan(300);
        assertThat(found).isEmpty();
    }

    @Test
    void shouldUseTheFieldsWordsInTemplatesAlertRulesAndDashboards() throws IOException {
        List<String> found = new ArrayList<>();
        List<Source> texts =
                new ArrayList<>(Project.files("src/main/jte", ".jte").toList());
        texts.addAll(Project.files("deploy/prometheus", "rules.yml").toList());
        texts.addAll(Project.files("deploy/grafana/dashboards", ".json").toList());
        texts.forEach(text -> found.addAll(words.in(text.path().toString(), text.text())));
        assertThat(texts).hasSizeGreaterThan(10);
        assertThat(found).isEmpty();
    }

    @Test
    void shouldFindAWordInAPage() {
        assertThat(words.inPage("page.md", "# Title\n\nIt goes on anew; `nobody` is a user.\n\n```\nnobody\n```\n"))
                .containsExactlyInAnyOrder(
                        "page.md:3: 'goes on'; better: continues, resumes, advances",
                        "page.md:3: 'anew'; better: again; restarts, starts over, renews");
    }

    @Test
    void shouldFindAWordInAMessageButNotInCode() {
        String source = """
                /** Nobody reads comments as messages. */
                class Refusal {
                    // told once
                    static final String KEY = "told";

                    static String of(String text) {
                        return "'" + text + "' is no IP address";
                    }
                }
                """;
        assertThat(words.inSource("Refusal.java", source))
                .containsExactly("Refusal.java:7: 'is no'; better: is not a, is not valid");
    }
}
