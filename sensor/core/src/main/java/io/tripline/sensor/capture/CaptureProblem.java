package io.tripline.sensor.capture;

/**
 * A place in a capture that could not be read.
 *
 * @param file the file as it was named, {@code -} for standard input
 * @param offset byte offset in the (decompressed) capture where the damage begins
 * @param reason what is wrong, one line for a person
 * @param fatal whether nothing behind this place could be read either
 */
public record CaptureProblem(String file, long offset, String reason, boolean fatal) {
    @Override
    public String toString() {
        return file + ": offset " + offset + ": " + reason;
    }
}
