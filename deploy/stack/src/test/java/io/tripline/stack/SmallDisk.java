package io.tripline.stack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A disk on which there is little room: a file system in memory, of a few pages. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    /**
     * Mounts one on a new folder. Skips the test, with the reason, where the user may not mount.
     *
     * @param size as {@code mount} takes it, such as 96k
     */
    public static SmallDisk mount(Path folder, String size) throws IOException {
        Files.createDirectories(folder);
        LabHost.Result mounted =
                LabHost.run(List.of("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()));
        assumeTrue(mounted.status() == 0, "no disk to fill: " + mounted.output());
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        LabHost.attempt("umount", "--lazy", folder.toString());
    }
}
