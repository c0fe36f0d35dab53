package io.tripline.rules.intel;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Detail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What passed between an actor and something listed.
 *
 * @param tries conversations begun, or names asked for
 * @param answers packets that show that the other end answered
 * @param packetsOut from the actor
 * @param packetsIn to the actor
 * @param names asked for, where a domain is listed
 */
public record IntelEvidence(
        IntelKey subject,
        long tries,
        long answers,
        long packetsOut,
        long bytesOut,
        long packetsIn,
        long bytesIn,
        List<String> names)
        implements Detail.Answerable {
    public static final Kind KIND = new Kind(50, IntelEvidence::read);

    private static final int NAMES = 8;

    public IntelEvidence {
        names = List.copyOf(names);
    }

    @Override
    public boolean answered() {
        return established();
    }

    /** Whether the other end answered. */
    public boolean established() {
        return answers > 0;
    }

    /** Whether a domain is listed, and so only a question is seen. */
    public boolean domain() {
        return !names.isEmpty();
    }

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        IntelContact.writeKey(subject, out);
        for (long value : new long[] {tries, answers, packetsOut, bytesOut, packetsIn, bytesIn}) {
            out.writeLong(value);
        }
        out.writeInt(names.size());
        for (String name : names) {
            Stored.writeText(name, out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static IntelEvidence read(DataInput in) throws IOException {
        IntelKey subject = IntelContact.readKey(in);
        long[] values = new long[6];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        List<String> names = new ArrayList<>();
        for (int i = Stored.readSize(in, NAMES, "names"); i > 0; i--) {
            names.add(Stored.readText(in));
        }
        return new IntelEvidence(subject, values[0], values[1], values[2], values[3], values[4], values[5], names);
    }
}
