package io.tripline.job.program;

import io.tripline.job.settings.yaml.SettingsFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the settings with which the job started last, with the lists that they name. A JobManager that restarts
 * reads the settings again; what became invalid since must not keep it from going on.
 *
 * <p>Each copy is a folder, named by when it was made and the hash of what is in it: {@code settings/NAME} as it was,
 * {@code lists/} by the hash of the text that names them. It has that name only when all of it is written. The newest
 * two are kept.
 */
final class LastGood {
    private static final String SETTINGS = "settings";
    private static final String LISTS = "lists";
    private static final Pattern COPY = Pattern.compile("[0-9]{15}-[0-9a-f]{64}");
    private static final int KEPT = 2;

    private final Path folder;

    LastGood(String folder) {
        this.folder = new Path(folder);
    }

    /**
     * Where copies lie that no option names: with what the cluster keeps for its own recovery. Null where it keeps
     * nothing.
     */
    static @Nullable LastGood beside(Configuration cluster, String job) {
        String storage = cluster.get(HighAvailabilityOptions.HA_STORAGE_PATH);
        if (storage == null) {
            storage = cluster.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
        }
        return storage == null ? null : new LastGood(storage + "/tripline-settings/" + hash(job));
    }

    /** Whether there is a copy, so that the job has run before. */
    boolean isThere() throws IOException {
        return !copies().isEmpty();
    }

    /** Keeps a copy, unless the newest is the same. */
    void keep(java.nio.file.Path file, SettingsFile read) throws IOException {
        FileSystem files = folder.getFileSystem();
        files.mkdirs(folder);
        Path written = new Path(folder, "begun-" + System.nanoTime());
        MessageDigest digest = sha256();
        copy(file, new Path(new Path(written, SETTINGS), name(file)), digest);
        for (Map.Entry<String, java.nio.file.Path> list : read.lists().entrySet()) {
            copy(list.getValue(), new Path(new Path(written, LISTS), hash(list.getKey())), digest);
        }
        String hash = HexFormat.of().formatHex(digest.digest());
        List<Path> known = copies();
        if (!known.isEmpty() && known.get(0).getName().endsWith(hash)) {
            files.delete(written, true);
            return;
        }
        // After those that are there, whatever the clock says.
        long newest =
                known.isEmpty() ? 0 : Long.parseLong(known.get(0).getName().substring(0, 15));
        long number = Math.max(newest + 1, System.currentTimeMillis());
        Path named = new Path(folder, String.format(Locale.ROOT, "%015d-%s", number, hash));
        if (!files.rename(written, named)) {
            throw new IOException("cannot rename " + written + " to " + named);
        }
        for (Path old : known.subList(Math.min(KEPT - 1, known.size()), known.size())) {
            files.delete(old, true);
        }
    }

    /**
     * Reads the newest copy.
     *
     * @return null where there is none
     */
    @Nullable
    SettingsFile read() throws IOException {
        List<Path> all = copies();
        if (all.isEmpty()) {
            return null;
        }
        Path copy = all.get(0);
        FileSystem files = folder.getFileSystem();
        java.nio.file.Path local = Files.createTempDirectory("tripline-settings");
        java.nio.file.Path lists = Files.createDirectory(local.resolve(LISTS));
        if (files.exists(new Path(copy, LISTS))) {
            for (FileStatus list : files.listStatus(new Path(copy, LISTS))) {
                fetch(list.getPath(), lists.resolve(list.getPath().getName()));
            }
        }
        Path stored = files.listStatus(new Path(copy, SETTINGS))[0].getPath();
        java.nio.file.Path settings = local.resolve(stored.getName());
        fetch(stored, settings);
        return SettingsFile.read(settings, LocalDate.now(ZoneOffset.UTC), named -> lists.resolve(hash(named)));
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** The newest first. */
    private List<Path> copies() throws IOException {
        FileSystem files = folder.getFileSystem();
        List<Path> copies = new ArrayList<>();
        if (files.exists(folder)) {
            for (FileStatus file : files.listStatus(folder)) {
                if (COPY.matcher(file.getPath().getName()).matches()) {
                    copies.add(file.getPath());
                }
            }
        }
        copies.sort(Comparator.comparing(Path::getName).reversed());
        return copies;
    }

    private static void copy(java.nio.file.Path from, Path to, MessageDigest digest) throws IOException {
        digest.update(to.getName().getBytes(StandardCharsets.UTF_8));
        try (OutputStream out = to.getFileSystem().create(to, FileSystem.WriteMode.OVERWRITE);
                DigestOutputStream digested = new DigestOutputStream(out, digest)) {
            Files.copy(from, digested);
        }
    }

    private static void fetch(Path from, java.nio.file.Path to) throws IOException {
        try (InputStream in = from.getFileSystem().open(from)) {
            Files.copy(in, to);
        }
    }

    private static String name(java.nio.file.Path file) {
        java.nio.file.Path name = file.getFileName();
        return name == null ? "settings.yaml" : name.toString();
    }

    private static String hash(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
