package io.tripline.rules.probe;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Detail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which tool probably sent this, and what speaks for it; evidence, never what a rule decides by.
 *
 * @param name as its authors call it
 * @param reason what was seen, a phrase
 */
public record ToolHint(String name, String reason) implements Detail {
    public static final Kind KIND = new Kind(10, ToolHint::read);

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(name, out);
        Stored.writeText(reason, out);
    }

    public static ToolHint read(DataInput in) throws IOException {
        return new ToolHint(Stored.readText(in), Stored.readText(in));
    }
}
