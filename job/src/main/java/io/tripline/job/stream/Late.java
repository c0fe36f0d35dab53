package io.tripline.job.stream;

import io.tripline.job.activity.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.util.OutputTag;

/**
 * Something that came when its second was complete already, and so was not judged.
 *
 * @param rules which rules it came to, their operator's uid
 * @param subject whom or what it was about
 * @param second stream time, whole seconds since the epoch
 */
public record Late(String rules, String subject, long second) {
    /** Where it goes. */
    public static final OutputTag<Late> TAG = new OutputTag<>("late", Types.LATE);

    void write(DataOutput out) throws IOException {
        Stored.writeText(rules, out);
        Stored.writeText(subject, out);
        out.writeLong(second);
    }

    static Late read(DataInput in) throws IOException {
        return new Late(Stored.readText(in), Stored.readText(in), in.readLong());
    }
}
