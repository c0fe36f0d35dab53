package io.tripline.analyze;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of capture files, so that evidence can be tied to the bytes it came from; worked out beside the analysis, in
 * one thread.
 */
final class Fingerprints implements AutoCloseable {
    private static final int BUFFER = 1024 * 1024;

    private final List<Thread> threads = new ArrayList<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(this::thread);
    private final Map<String, Future<String>> begun = new HashMap<>();

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "sha-256");
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Begins with a file; passes over what is none, such as standard input and pipes. */
    void begin(String name) {
        try {
            Path file = Path.of(name);
            if (Files.isRegularFile(file)) {
                begun.computeIfAbsent(name, ignored -> worker.submit(() -> sha256(file)));
            }
        } catch (InvalidPathException e) {
            // The reader tells that it is no file name.
        }
    }

    /** The 64 hexadecimal digits; waits for them. Null where there are none to be had. */
    @Nullable
    String of(String name) {
        Future<String> file = begun.get(name);
        if (file == null) {
            return null;
        }
        try {
            return file.get();
        } catch (ExecutionException | CompletionException | CancellationException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private static String sha256(Path file) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream bytes = Files.newInputStream(file);
                DigestInputStream in = new DigestInputStream(bytes, MessageDigest.getInstance("SHA-256"))) {
            while (in.read(buffer) >= 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException();
                }
            }
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }

    @Override
    public void close() {
        worker.shutdownNow();
        try {
            // It looks for its end once a buffer. An executor that says it has ended may have a thread that has not,
            // quite.
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
