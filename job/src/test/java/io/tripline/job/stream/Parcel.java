package io.tripline.job.stream;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/**
 * A type whose format changed: format 2 added a weight to it and a colour to the label within it.
 *
 * @param weight 0 where format 1 stored it
 */
record Parcel(Label label, int weight) {
    static final CodecTypeInfo<Parcel> TYPE = new CodecTypeInfo<>(new ParcelCodec());

    /**
     * A type within it, which has no version of its own.
     *
     * @param colour "none" where format 1 stored it
     */
    record Label(String text, String colour) {
        void write(DataOutput out) throws IOException {
            Stored.writeText(text, out);
            if (ParcelCodec.program.version() >= 2) {
                Stored.writeText(colour, out);
            }
        }

        static Label read(DataInput in) throws IOException {
            return new Label(Stored.readText(in), isSince2(in) ? Stored.readText(in) : "none");
        }
    }

    /** What the second program's readers ask, and the first program's did not yet. */
    private static boolean isSince2(DataInput in) {
        return ParcelCodec.program.version() >= 2 && Stored.isSince(2, in);
    }

    /** A codec of several programs: one process plays them one after the other. */
    public static final class ParcelCodec implements Codec<Parcel> {
        static final Format FIRST = Format.of("parcel", 1);
        static final Format SECOND = new Format("parcel", 2, 1);
        static final Format THIRD = new Format("parcel", 3, 2);

        static volatile Format program = FIRST;

        @Override
        public Class<Parcel> type() {
            return Parcel.class;
        }

        @Override
        public Format format() {
            return program;
        }

        @Override
        public void write(Parcel parcel, DataOutput out) throws IOException {
            parcel.label.write(out);
            if (program.version() >= 2) {
                out.writeInt(parcel.weight);
            }
        }

        @Override
        public Parcel read(DataInput in) throws IOException {
            return new Parcel(Label.read(in), isSince2(in) ? in.readInt() : 0);
        }
    }
}
