package io.tripline.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lets one program at a time start and stop servers in a folder. Gone with the program, whatever ended it. */
final class StackLock {
    private StackLock() {}

    /** What is done while no other program does anything there. */
    interface Work {
        void run() throws IOException;
    }

    static void holding(Path dir, Work work) throws IOException {
        Files.createDirectories(dir);
        try (FileChannel file = FileChannel.open(file(dir), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = file.tryLock();
            if (lock == null) {
                throw new StackError("another 'tripline stack' is running in " + dir + "; wait for it");
            }
            work.run();
        }
    }

    static Path file(Path dir) {
        return dir.resolve("stack.lock");
    }
}
