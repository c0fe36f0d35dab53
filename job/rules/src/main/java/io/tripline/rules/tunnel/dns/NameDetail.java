package io.tripline.rules.tunnel.dns;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Detail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Evidence of data inside DNS.
 *
 * @param domain the registered domain; text from outside, a dot where the names have none
 * @param points of all signals
 * @param names distinct names that look encoded
 * @param queries for such names
 * @param answers about such names
 * @param refused answers among them that the name does not exist
 * @param bytesUp that the distinct names can carry
 * @param bytesDown of answers beyond the question, in types that carry data
 * @param longest characters before the domain in the longest name
 * @param fixedForm whether all names have the same length, as look-ups of hashes do
 * @param reputation whether the domain is one of a reputation service
 * @param oddTypes whether most messages ask for types that carry data
 * @param types record types asked for, ascending
 */
public record NameDetail(
        String domain,
        int points,
        long names,
        long queries,
        long answers,
        long refused,
        long bytesUp,
        long bytesDown,
        int longest,
        boolean fixedForm,
        boolean reputation,
        boolean oddTypes,
        List<Integer> types)
        implements Detail {
    public static final Kind KIND = new Kind(31, NameDetail::read);

    private static final int TYPES = 64;

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(domain, out);
        out.writeInt(points);
        for (long value : new long[] {names, queries, answers, refused, bytesUp, bytesDown}) {
            out.writeLong(value);
        }
        out.writeInt(longest);
        out.writeBoolean(fixedForm);
        out.writeBoolean(reputation);
        out.writeBoolean(oddTypes);
        out.writeInt(types.size());
        for (int type : types) {
            out.writeInt(type);
        }
    }

    public static NameDetail read(DataInput in) throws IOException {
        return new NameDetail(
                Stored.readText(in),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readBoolean(),
                in.readBoolean(),
                in.readBoolean(),
                readTypes(in));
    }

    private static List<Integer> readTypes(DataInput in) throws IOException {
        List<Integer> types = new ArrayList<>();
        for (int i = Stored.readSize(in, TYPES, "types"); i > 0; i--) {
            types.add(in.readInt());
        }
        return List.copyOf(types);
    }
}
