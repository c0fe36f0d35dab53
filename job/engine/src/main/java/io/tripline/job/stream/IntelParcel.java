package io.tripline.job.stream;

import io.tripline.rules.intel.IntelIndex;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.InstantiationUtil;
import org.jspecify.annotations.Nullable;

/**
 * Lists on their way to where packets are folded: the job's graph holds a hash, and Flink's distributed cache the file,
 * which is compiled and stored when the job starts. So what happens to the lists afterwards does not touch a running
 * job, and no node must reach them. Each process reads the file once and all instances in it share one index.
 *
 * @param sha256 of the file, in hexadecimal; empty where nothing is listed
 */
record IntelParcel(String sha256) implements Serializable {
    private static final IntelParcel NONE = new IntelParcel("");

    /** What this process holds, by hash; gone when no instance uses it any more. */
    private static final Map<String, WeakReference<IntelIndex>> HELD = new HashMap<>();

    /** Stores an index in a file that travels with the environment's job. */
    static IntelParcel of(IntelIndex index, StreamExecutionEnvironment environment) {
        if (index.isEmpty()) {
            return NONE;
        }
        try {
            File file = File.createTempFile("tripline-intel", null);
            file.deleteOnExit();
            IntelParcel parcel = new IntelParcel(write(index, file.toPath()));
            environment.registerCachedFile(file.toURI().toString(), parcel.name());
            synchronized (HELD) {
                HELD.put(parcel.sha256, new WeakReference<>(index));
            }
            return parcel;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot store the lists for the job", e);
        }
    }

    /**
     * The index, in the task that needs it.
     *
     * @throws IOException if the file cannot be read, or is another
     */
    IntelIndex open(RuntimeContext context) throws IOException {
        if (sha256.isEmpty()) {
            return IntelIndex.EMPTY;
        }
        synchronized (HELD) {
            WeakReference<IntelIndex> held = HELD.get(sha256);
            IntelIndex index = held == null ? null : held.get();
            if (index == null) {
                index = read(context.getDistributedCache().getFile(name()).toPath());
                HELD.values().removeIf(old -> old.get() == null);
                HELD.put(sha256, new WeakReference<>(index));
            }
            return index;
        }
    }

    /** Stores an index; gives the hash of the file. */
    static String write(IntelIndex index, Path file) throws IOException {
        MessageDigest digest = sha256Digest();
        try (OutputStream out = Files.newOutputStream(file);
                ObjectOutputStream objects = new ObjectOutputStream(
                        new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16))) {
            objects.writeObject(index);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Reads a stored index. The hash is compared before anything is made of the bytes. */
    IntelIndex read(Path file) throws IOException {
        MessageDigest digest = sha256Digest();
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(sha256)) {
            throw new IOException("the lists in " + file + " are not those that the job was started with: SHA-256 is "
                    + found + ", must be " + sha256);
        }
        @Nullable ClassLoader classes = IntelIndex.class.getClassLoader();
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                InstantiationUtil.ClassLoaderObjectInputStream objects =
                        new InstantiationUtil.ClassLoaderObjectInputStream(in, classes)) {
            return (IntelIndex) objects.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("the lists in " + file + " were stored by another version", e);
        }
    }

    /** Forgets what this process holds, as another process has nothing. */
    static void forget() {
        synchronized (HELD) {
            HELD.clear();
        }
    }

    private String name() {
        return "tripline-intel-" + sha256;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
