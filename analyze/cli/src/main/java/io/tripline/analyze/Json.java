package io.tripline.analyze;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How this module writes JSON. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** A generator over an open stream, which it closes with itself. */
    static JsonGenerator generator(OutputStream out) throws IOException {
        return FACTORY.createGenerator(out);
    }

    /** A generator that writes a new file. */
    static JsonGenerator generator(Path file) throws IOException {
        return FACTORY.createGenerator(new java.io.BufferedOutputStream(Files.newOutputStream(file)));
    }

    /** A capture time in microseconds since the epoch as ISO 8601 with six digits. */
    static String time(long microseconds) {
        Instant instant = Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
        String text = instant.truncatedTo(ChronoUnit.SECONDS).toString();
        return text.substring(0, text.length() - 1)
                + String.format(java.util.Locale.ROOT, ".%06dZ", Math.floorMod(microseconds, 1_000_000L));
    }
}
