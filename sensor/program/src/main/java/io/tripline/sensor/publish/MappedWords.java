package io.tripline.sensor.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/** A small file in memory: the operating system keeps what was written to it, also when this process is killed. */
final class MappedWords {
    private MappedWords() {}

    /** Opens the file with exactly this size; what is new in it is zero. */
    static UnsafeBuffer open(Path file, int size) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // Written, not only lengthened: a hole that a full disk cannot fill later would end the process.
            long at = Math.min(channel.size(), size);
            ByteBuffer zeros = ByteBuffer.allocate((int) (size - at));
            while (zeros.hasRemaining()) {
                at += channel.write(zeros, at);
            }
            return new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, size));
        }
    }
}
