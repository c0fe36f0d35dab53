package io.tripline.rules.incident;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Why a rule decided as it did: a test with the value seen and the threshold that it crossed.
 *
 * @param test the test's name (see {@link TestId}); empty in state that was stored when phrases were all there was
 * @param about what the test was made about, such as a service; empty where the test says it all
 * @param text both, as a phrase with its unit, for people
 */
public record Reason(String test, String about, String text, long value, long threshold) {
    private static final String BETWEEN = "\n";

    public static Reason of(TestId test, String about, long value, long threshold) {
        return new Reason(test.name(), about, test.text(about), value, threshold);
    }

    /** Whether it is of this test, whatever it was made about. */
    public boolean is(TestId known) {
        if (!test.isEmpty()) {
            return test.equals(known.name());
        }
        String[] ends = known.phrase().split("%s", 2);
        return text.startsWith(ends[0]) && text.endsWith(ends[ends.length - 1]);
    }

    /** Whether the other is of the same test about the same. */
    public boolean isSameTest(Reason other) {
        return (test.isEmpty() || other.test.isEmpty())
                ? text.equals(other.text)
                : test.equals(other.test) && about.equals(other.about);
    }

    void write(DataOutput out) throws IOException {
        Stored.writeText(test.isEmpty() ? text : String.join(BETWEEN, test, about, text), out);
        out.writeLong(value);
        out.writeLong(threshold);
    }

    /** Reads what {@link #write} wrote, and what held the phrase alone. */
    static Reason read(DataInput in) throws IOException {
        String[] parts = Stored.readText(in).split(BETWEEN, 3);
        boolean named = parts.length == 3;
        return new Reason(
                named ? parts[0] : "",
                named ? parts[1] : "",
                named ? parts[2] : String.join(BETWEEN, parts),
                in.readLong(),
                in.readLong());
    }
}
