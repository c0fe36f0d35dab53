package io.tripline.shell.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.shell.yaml.YamlNode.Form;
import io.tripline.shell.yaml.YamlNode.Mapping;
import io.tripline.shell.yaml.YamlNode.Scalar;
import io.tripline.shell.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class YamlTreeTest {
    private final List<String> faults = new ArrayList<>();

    @Test
    void shouldKnowLinesAndHowScalarsWereWritten() {
        YamlNode root = read("a: 1\nb:\n  c: [x, 'true', ~]\n");

        assertThat(faults).isEmpty();
        assertThat(root).isInstanceOfSatisfying(Mapping.class, all -> {
            assertThat(all.entries()).extracting(YamlNode.Entry::line).containsExactly(1, 2);
            assertThat(all.entries().get(0).value()).isEqualTo(new Scalar(1, Form.NUMBER, "1"));
            assertThat(all.entries().get(1).value()).isInstanceOfSatisfying(Mapping.class, inner -> {
                Sequence list = (Sequence) inner.entries().get(0).value();
                assertThat(list.items())
                        .containsExactly(
                                new Scalar(3, Form.TEXT, "x"),
                                new Scalar(3, Form.TEXT, "true"),
                                new Scalar(3, Form.NOTHING, ""));
            });
        });
    }

    @Test
    void shouldRefuseWhatSettingsHaveNoUseFor() {
        read("a: 1\na: 2\nb:\n  - !t x\n  - &n [y]\n  - *n\n---\nc: 3\n");

        assertThat(faults)
                .containsExactly(
                        "2 a DUPLICATE_KEY ",
                        "4 b[0] TAG t",
                        "5 b[1] ANCHOR n",
                        "6 b[2] ALIAS n",
                        "8  SECOND_DOCUMENT ");
    }

    @Test
    void shouldTellTheLineOfTextThatIsNoYaml() {
        assertThat(read("a: 1\nb: [\n")).isNull();
        assertThat(faults).singleElement().asString().matches("[23]  NOT_YAML .+");
    }

    @Test
    void shouldRefuseDepthsAndSizesThatNoSettingsHave() {
        assertThat(read("a: [[[[1]]]]\n")).isNull();
        assertThat(read("a: b\n".repeat(YamlTree.CHARACTERS / 5 + 1))).isNull();
        assertThat(faults.stream().filter(fault -> fault.contains("NOT_YAML"))).hasSize(2);
    }

    @Test
    void shouldFindNothingInAnEmptyText() {
        assertThat(read("# nothing\n")).isNull();
        assertThat(faults).isEmpty();
    }

    private @Nullable YamlNode read(String text) {
        return YamlTree.read(
                text, 4, (line, path, fault, detail) -> faults.add(line + " " + path + " " + fault + " " + detail));
    }
}
