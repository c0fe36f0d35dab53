package io.tripline.sensor.publish;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in words for a person. */
public final class Reasons {
    private Reasons() {}

    /** One line without the name of a class where the message alone says it. */
    public static String of(Throwable failure) {
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (failure instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse("").strip();
        return failure instanceof IOException && !(failure instanceof FileSystemException)
                ? line
                : failure instanceof FileSystemException file && file.getReason() == null
                        ? line + ": " + failure.getClass().getSimpleName()
                        : line;
    }
}
