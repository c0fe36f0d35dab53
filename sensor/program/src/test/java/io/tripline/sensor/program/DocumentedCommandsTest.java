package io.tripline.sensor.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands in {@code sh} blocks of the sensor's page end well; its tables name every option and every metric. */
class DocumentedCommandsTest {
    private static final Pattern BLOCK = Pattern.compile("^```sh\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    @TempDir
    private Path work;

    private static String page() throws IOException {
        return Files.readString(Path.of("../..", "docs", "sensor.md"));
    }

    @Test
    void shouldEndAsDocumented() throws IOException {
        List<String> commands = BLOCK.matcher(page())
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList();
        assertThat(commands).isNotEmpty();
        for (String command : commands) {
            assertThat(command).startsWith("./tripline sensor ");
            String[] arguments = command.substring("./tripline sensor ".length())
                    .replace("samples/", "../../samples/")
                    .replace("file:", "file:" + work + "/")
                    .split(" +");
            StringWriter err = new StringWriter();
            int status = SensorCommand.commandLine(new SensorCommand())
                    .setOut(new PrintWriter(new StringWriter()))
                    .setErr(new PrintWriter(err))
                    .execute(arguments);
            assertThat(status).as("%s%n%s", command, err).isZero();
        }
    }

    @Test
    void shouldNameEveryOption() throws IOException {
        String page = page();
        CommandLine commandLine = SensorCommand.commandLine(new SensorCommand());
        assertThat(commandLine.getCommandSpec().options())
                .extracting(CommandLine.Model.OptionSpec::longestName)
                .filteredOn(name -> !List.of("--help", "--version", "--debug").contains(name))
                .allSatisfy(name -> assertThat(page).contains(name));
    }
}
