package io.tripline.job.stream;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.traffic.TrafficMinute;
import java.util.Comparator;

/**
 * A minute at a sensor.
 *
 * @param minute stream time, whole minutes since the epoch
 */
record MinuteKey(String sensor, long minute) implements Comparable<MinuteKey> {
    private static final Comparator<MinuteKey> ORDER =
            Comparator.comparing(MinuteKey::sensor).thenComparingLong(MinuteKey::minute);

    static final Codec<MinuteKey> CODEC = Codec.of(
            "minute-key",
            1,
            MinuteKey.class,
            (key, out) -> {
                Stored.writeText(key.sensor, out);
                out.writeLong(key.minute);
            },
            in -> new MinuteKey(Stored.readText(in), in.readLong()));

    static final CodecTypeInfo<MinuteKey> TYPE = new CodecTypeInfo<>(CODEC);

    static MinuteKey of(TrafficMinute part) {
        return new MinuteKey(part.sensor(), part.minute());
    }

    @Override
    public int compareTo(MinuteKey other) {
        return ORDER.compare(this, other);
    }
}
