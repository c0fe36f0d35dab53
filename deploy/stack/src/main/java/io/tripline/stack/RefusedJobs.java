package io.tripline.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Notes about jobs that a cluster could not begin. Flink 2.3 writes them without the application that a job belongs to,
 * and a JobManager that finds one ends: "Application ID is missing in the recovered job result".
 */
final class RefusedJobs {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ENDING = "_DIRTY.json";

    private RefusedJobs() {}

    /** Deletes those that no JobManager can read, and nothing else. Returns the jobs' ids. */
    static List<String> forget(Path results) {
        List<String> forgotten = new ArrayList<>();
        if (!Files.isDirectory(results)) {
            return forgotten;
        }
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(results, "*" + ENDING)) {
            for (Path note : notes) {
                if (JSON.readTree(note.toFile()).at("/result/application-id").isMissingNode()) {
                    Files.delete(note);
                    forgotten.add(note.getFileName().toString().replace(ENDING, ""));
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return forgotten;
    }
}
