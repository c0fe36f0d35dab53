package io.tripline.sensor.capture;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where the bytes of one capture come from. */
sealed interface CaptureInput {
    int GZIP_MAGIC = 0x1f8b;

    /** The name it was given by; for problems and reports. */
    String name();

    /** Whether it can be opened again and gives the same bytes. */
    boolean reopenable();

    /** Whether it can be read by two at a time at no cost but that of looking: it is a plain file. */
    default boolean plain() {
        return false;
    }

    /** Bytes of the medium; -1 where unknown. */
    long size();

    /**
     * Opens it, decompressing gzip.
     *
     * @param windowSize bytes read at once where this is a plain file
     * @throws IOException where it cannot be opened
     */
    Window open(int windowSize) throws IOException;

    /** A file on a disk: read as it is, or decompressed as a stream. */
    record RegularFile(String name, Path path) implements CaptureInput {
        @Override
        public boolean reopenable() {
            return true;
        }

        @Override
        public boolean plain() {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                return !isGzip(channel);
            } catch (IOException e) {
                return true; // There is nothing to read, which the reader then tells.
            }
        }

        private static boolean isGzip(FileChannel channel) throws IOException {
            ByteBuffer magic = ByteBuffer.allocate(2);
            channel.read(magic, 0);
            return (magic.getShort(0) & 0xffff) == GZIP_MAGIC;
        }

        @Override
        public long size() {
            return path.toFile().length();
        }

        @Override
        public Window open(int windowSize) throws IOException {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
            try {
                if (isGzip(channel)) {
                    InputStream in = new GzipInput(Channels.newInputStream(channel));
                    return new StreamWindow(in, StreamWindow.INITIAL_SIZE);
                }
                return new FileWindow(channel, windowSize);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }

    /** Bytes that come once: a pipe or device with a name. */
    record Pipe(String name, Path path) implements CaptureInput {
        @Override
        public boolean reopenable() {
            return false;
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public Window open(int windowSize) throws IOException {
            // The stream of Files fails on pipes: it asks for the position in them.
            return stream(new FileInputStream(path.toFile()));
        }
    }

    /** Standard input, or another stream that somebody else opened and closes. */
    record Stream(String name, InputStream in) implements CaptureInput {
        @Override
        public boolean reopenable() {
            return false;
        }

        @Override
        public long size() {
            return -1;
        }

        @Override
        public Window open(int windowSize) throws IOException {
            return stream(new UnclosedInput(in));
        }
    }

    /** A name that leads to no bytes; opening it says why. */
    record Unusable(String name, String reason) implements CaptureInput {
        @Override
        public boolean plain() {
            return true;
        }

        @Override
        public boolean reopenable() {
            return true;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public Window open(int windowSize) throws IOException {
            throw new IOException(reason);
        }
    }

    /** The input that a name given by a person stands for, other than a folder. */
    static CaptureInput named(String name, Path path) {
        boolean pipe = Files.exists(path) && !Files.isRegularFile(path);
        return pipe ? new Pipe(name, path) : new RegularFile(name, path);
    }

    private static Window stream(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, StreamWindow.INITIAL_SIZE);
        in.mark(2);
        int magic = (in.read() << 8) | in.read();
        in.reset();
        return new StreamWindow(magic == GZIP_MAGIC ? new GzipInput(in) : in, StreamWindow.INITIAL_SIZE);
    }
}
