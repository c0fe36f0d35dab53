package io.tripline.job.stream;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.CodecTable;
import io.tripline.rules.codec.Format;
import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * A type whose format changed: format 2 added a weight to it and a colour to the label within it.
 *
 * @param weight 0 where format 1 stored it
 */
record Parcel(Label label, int weight) {
    static final Format FIRST = Format.of("parcel", 1);
    static final Format SECOND = new Format("parcel", 2, 1);
    static final Format THIRD = new Format("parcel", 3, 2);

    /** One process plays several programs one after the other: this is the format of the one that runs. */
    static volatile Format program = FIRST;

    /** The codec of the program that runs. */
    static Codec<Parcel> codec() {
        return Codec.of(program, Parcel.class, Parcel::write, Parcel::read);
    }

    static CodecTypeInfo<Parcel> type() {
        return new CodecTypeInfo<>(codec());
    }

    /**
     * A type within it, which has no version of its own.
     *
     * @param colour "none" where format 1 stored it
     */
    record Label(String text, String colour) {
        void write(DataOutput out) throws IOException {
            Stored.writeText(text, out);
            if (program.version() >= 2) {
                Stored.writeText(colour, out);
            }
        }

        static Label read(DataInput in) throws IOException {
            return new Label(Stored.readText(in), isSince2(in) ? Stored.readText(in) : "none");
        }
    }

    /** What the second program's readers ask, and the first program's did not yet. */
    private static boolean isSince2(DataInput in) {
        return program.version() >= 2 && Stored.isSince(2, in);
    }

    private void write(DataOutput out) throws IOException {
        label.write(out);
        if (program.version() >= 2) {
            out.writeInt(weight);
        }
    }

    private static Parcel read(DataInput in) throws IOException {
        return new Parcel(Label.read(in), isSince2(in) ? in.readInt() : 0);
    }

    /** For {@code META-INF/services}. */
    public static final class Table implements CodecTable {
        @Override
        public List<Codec<?>> codecs() {
            return List.of(codec());
        }
    }
}
