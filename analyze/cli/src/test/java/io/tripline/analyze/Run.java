package io.tripline.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tripline.schemas.AlertSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine;

/**
 * What one start of the program gave: exit status, both of its outputs, and the folder of results. Each alert is
 * checked against the schema.
 */
record Run(int status, String out, String err, Path folder) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs the program in this process; results go to a folder inside the one given. */
    static Run analyze(Path work, String... arguments) throws IOException {
        Path folder = Files.createTempDirectory(work, "run").resolve("out");
        List<String> all = new ArrayList<>(List.of("analyze", "--out", folder.toString()));
        all.addAll(List.of(arguments));
        return tripline(folder, all.toArray(String[]::new));
    }

    static Run analyze(Path work, InputStream standardInput, String... arguments) throws IOException {
        InputStream before = System.in;
        System.setIn(standardInput);
        try {
            return analyze(work, arguments);
        } finally {
            System.setIn(before);
        }
    }

    static Run tripline(Path folder, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program =
                Tripline.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int status = program.execute(arguments);
        return new Run(status, out.toString(), err.toString(), folder);
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    String text(String name) throws IOException {
        return Files.readString(file(name));
    }

    List<JsonNode> alerts() throws IOException {
        return Files.readAllLines(file(OutputFolder.ALERTS)).stream()
                .map(AlertSchema::check)
                .toList();
    }

    /** The one alert. */
    JsonNode alert() throws IOException {
        List<JsonNode> alerts = alerts();
        if (alerts.size() != 1) {
            throw new AssertionError("there are " + alerts.size() + " alerts: " + alerts);
        }
        return alerts.get(0);
    }

    JsonNode report() throws IOException {
        return JSON.readTree(file(OutputFolder.REPORT).toFile());
    }

    JsonNode summary() throws IOException {
        return JSON.readTree(out);
    }

    static SortedSet<String> techniques(JsonNode alert) {
        SortedSet<String> names = new TreeSet<>();
        alert.at("/tripline/techniques")
                .forEach(technique -> names.add(technique.path("name").asText()));
        return names;
    }
}
