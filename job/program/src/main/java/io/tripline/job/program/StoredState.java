package io.tripline.job.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checkpoints and savepoints in a folder of this machine. */
final class StoredState {
    private static final int DEPTH = 4;

    private StoredState() {}

    /** The newest that is complete; null where there is none. */
    static @Nullable Path newest(Path dir) throws IOException {
        List<Path> all = newestFirst(dir);
        return all.isEmpty() ? null : all.get(0);
    }

    /** All that claim to be complete. */
    static List<Path> newestFirst(Path dir) throws IOException {
        if (!Files.isDirectory(dir)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(dir, DEPTH)) {
            return files.filter(file -> file.endsWith("_metadata"))
                    .sorted(Comparator.comparing(StoredState::written).reversed())
                    .map(file -> file.toAbsolutePath().normalize().getParent())
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            return FileTime.fromMillis(0); // replaced by a newer one meanwhile
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
