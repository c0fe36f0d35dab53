package io.tripline.analyze;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * The folder for results: written whole or not at all. Results are written into a folder beside it, which takes its
 * place at the end. Only a folder that is empty or holds nothing but earlier results is ever replaced.
 */
final class OutputFolder implements AutoCloseable {
    static final String ALERTS = "alerts.ndjson";
    static final String INDICATORS = "indicators.ndjson";
    static final String REPORT = "report.json";
    static final String SUPPRESSED = "suppressed.ndjson";
    static final String HTML = "report.html";
    static final String PDF = "report.pdf";
    static final String PROSE = "ai-summary.json";
    static final String SUMS = "SHA256SUMS";

    private static final Set<String> OURS = Set.of(ALERTS, INDICATORS, REPORT, SUPPRESSED, HTML, PDF, PROSE, SUMS);

    private final Path folder;
    private final Path draft;

    private OutputFolder(Path folder, Path draft) {
        this.folder = folder;
        this.draft = draft;
    }

    /**
     * Prepares a folder for results.
     *
     * @throws UserError where it cannot be written, or holds something that is not ours
     */
    static OutputFolder at(Path folder) {
        Path target = folder.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null) {
            throw new UserError(ExitStatus.USAGE, "--out: cannot be the root folder");
        }
        try {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                checkReplaceable(target);
            }
            Files.createDirectories(parent);
            return new OutputFolder(target, Files.createTempDirectory(parent, "." + target.getFileName() + "-"));
        } catch (IOException e) {
            throw new UserError(ExitStatus.INPUT_OUTPUT, "--out: cannot write to " + parent + ": " + reason(e));
        }
    }

    private static void checkReplaceable(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            throw new UserError(ExitStatus.INPUT_OUTPUT, "--out: " + target + " is not a folder");
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(target)) {
            for (Path entry : entries) {
                if (!OURS.contains(entry.getFileName().toString())) {
                    throw new UserError(
                            ExitStatus.INPUT_OUTPUT,
                            "--out: " + target + " holds other files (" + entry.getFileName()
                                    + "); name a new or empty folder");
                }
            }
        }
    }

    /** Whether a file of this name is one of ours. */
    static boolean isResult(String name) {
        return OURS.contains(name);
    }

    /** Where files are until they are published. */
    Path draft() {
        return draft;
    }

    /** Where to write a file that will be in the folder. */
    Path file(String name) {
        if (!OURS.contains(name)) {
            throw new IllegalArgumentException(name + " is not a result");
        }
        return draft.resolve(name);
    }

    /** Puts what was written in the folder's place, and says where. */
    Path publish() throws IOException {
        Files.setPosixFilePermissions(draft, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        if (Files.exists(folder)) {
            checkReplaceable(folder);
            Path old = Files.createTempDirectory(folder.getParent(), "." + folder.getFileName() + "-old-");
            Files.move(folder, old, StandardCopyOption.REPLACE_EXISTING);
            try {
                move(draft, folder);
            } catch (IOException e) {
                Files.move(old, folder);
                throw e;
            }
            delete(old);
        } else {
            move(draft, folder);
        }
        return folder;
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    /** Removes what was not published. */
    @Override
    public void close() throws IOException {
        delete(draft);
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
    }
}
