package io.tripline.job.stream;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.traffic.TrafficMinute;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/**
 * A minute at a sensor.
 *
 * @param minute stream time, whole minutes since the epoch
 */
record MinuteKey(String sensor, long minute) implements Comparable<MinuteKey> {
    private static final Comparator<MinuteKey> ORDER =
            Comparator.comparing(MinuteKey::sensor).thenComparingLong(MinuteKey::minute);

    /** For stored state. */
    static final CodecTypeInfo<MinuteKey> TYPE = new CodecTypeInfo<>(new MinuteKeyCodec());

    static MinuteKey of(TrafficMinute part) {
        return new MinuteKey(part.sensor(), part.minute());
    }

    @Override
    public int compareTo(MinuteKey other) {
        return ORDER.compare(this, other);
    }

    /** Writes and reads it. */
    public static final class MinuteKeyCodec implements Codec<MinuteKey> {
        private static final Format FORMAT = Format.of("minute-key", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<MinuteKey> type() {
            return MinuteKey.class;
        }

        @Override
        public void write(MinuteKey key, DataOutput out) throws IOException {
            Stored.writeText(key.sensor, out);
            out.writeLong(key.minute);
        }

        @Override
        public MinuteKey read(DataInput in) throws IOException {
            return new MinuteKey(Stored.readText(in), in.readLong());
        }
    }
}
