package io.tripline.rules.probe.osfingerprint;

import io.tripline.rules.incident.Detail;
import io.tripline.rules.probe.OsProbe;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which kinds of operating system probe a source sent.
 *
 * @param bits of {@link OsProbe}
 */
public record OsProbes(int bits) implements Detail {
    public static final Kind KIND = new Kind(12, OsProbes::read);

    /** The kinds in words. */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (OsProbe kind : OsProbe.values()) {
            if ((bits & kind.bit()) != 0) {
                texts.add(kind.text());
            }
        }
        return texts;
    }

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(bits);
    }

    public static OsProbes read(DataInput in) throws IOException {
        return new OsProbes(in.readInt());
    }
}
