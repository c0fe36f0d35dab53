package io.tripline.job.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checkpoints and savepoints in a folder of this machine. */
final class StoredState {
    private static final int DEPTH = 4;

    private StoredState() {}

    /** The newest that is complete; null where there is none. */
    static @Nullable Path newest(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir, DEPTH)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .max(Comparator.comparing(StoredState::written))
                    .map(Path::getParent)
                    .map(Path::toAbsolutePath)
                    .orElse(null);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
