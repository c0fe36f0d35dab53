package io.tripline.rules.engine;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Something that was not judged: it came when its second was complete already, or too many seconds of its subject were not complete yet.
 *
 * @param reason {@value #LATE} or {@value #NO_ROOM}
 * @param rules which rules it came to, their operator's uid
 * @param subject whom or what it was about
 * @param second stream time, whole seconds since the epoch
 * @param sensor whose it was
 */
public record Late(String reason, String rules, String subject, long second, String sensor) {
    public static final Codec<Late> CODEC = Codec.of("late", 1, Late.class, Late::write, Late::read);

    private static final String LATE = "late";
    private static final String NO_ROOM = "no-room";

    /** It came when its second was complete. */
    public static Late of(String rules, Part<?, ?> part) {
        return of(LATE, rules, part);
    }

    /** Too many seconds of its subject were not complete. */
    public static Late withoutRoom(String rules, Part<?, ?> part) {
        return of(NO_ROOM, rules, part);
    }

    private static Late of(String reason, String rules, Part<?, ?> part) {
        return new Late(reason, rules, String.valueOf(part.subject()), part.second(), part.sensor());
    }

    void write(DataOutput out) throws IOException {
        Stored.writeText(reason, out);
        Stored.writeText(rules, out);
        Stored.writeText(subject, out);
        out.writeLong(second);
        Stored.writeText(sensor, out);
    }

    static Late read(DataInput in) throws IOException {
        return new Late(
                Stored.readText(in), Stored.readText(in), Stored.readText(in), in.readLong(), Stored.readText(in));
    }
}
