package io.tripline.rules.alert;

import io.tripline.rules.incident.Detail;
import io.tripline.rules.incident.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An incident that is open.
 *
 * @param last what was last found of it
 * @param raised whether alerts tell of it; otherwise the settings allow it
 */
public record Standing(Finding last, boolean raised) {
    /** Writes it for a reader of the same version. */
    public void write(DataOutput out) throws IOException {
        out.writeBoolean(raised);
        last.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no finding can hold
     */
    public static Standing read(DataInput in, Detail.Reader details) throws IOException {
        boolean raised = in.readBoolean();
        return new Standing(Finding.read(in, details), raised);
    }
}
