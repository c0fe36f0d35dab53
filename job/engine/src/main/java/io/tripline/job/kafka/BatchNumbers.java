package io.tripline.job.kafka;

import io.tripline.job.stream.CodecTypeInfo;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Which of the newest {@link #WINDOW} batch numbers of one run of a sensor came in one partition. In a partition a
 * run's numbers ascend, but for batches that are sent again. 128 bytes.
 */
public final class BatchNumbers {
    static final Codec<BatchNumbers> CODEC =
            Codec.of("batch-numbers", 1, BatchNumbers.class, BatchNumbers::write, BatchNumbers::read);

    public static final CodecTypeInfo<BatchNumbers> TYPE = new CodecTypeInfo<>(CODEC);

    /** What a sensor may have under way without knowing whether it arrived is far less. */
    static final int WINDOW = 1_024;

    private final String sensor;
    private final long run;
    private final int partition;
    private final long[] came = new long[WINDOW / Long.SIZE];
    private long highest = -1;

    /** Of a run of which no number came. */
    public BatchNumbers(String sensor, long run, int partition) {
        this.sensor = sensor;
        this.run = run;
        this.partition = partition;
    }

    String sensor() {
        return sensor;
    }

    long run() {
        return run;
    }

    int partition() {
        return partition;
    }

    /** Takes in a number; whether it is new. One that is below the window counts as new: rather twice than never. */
    public boolean add(long number) {
        if (number <= highest - WINDOW) {
            return true;
        }
        if (number - highest >= WINDOW) {
            Arrays.fill(came, 0);
        } else {
            for (long between = highest + 1; between < number; between++) {
                came[word(between)] &= ~bit(between);
            }
        }
        boolean isNew = number > highest || (came[word(number)] & bit(number)) == 0;
        highest = Math.max(highest, number);
        came[word(number)] |= bit(number);
        return isNew;
    }

    private static int word(long number) {
        return Math.toIntExact(number % WINDOW) / Long.SIZE;
    }

    private static long bit(long number) {
        return 1L << (number % Long.SIZE);
    }

    private void write(DataOutput out) throws IOException {
        Stored.writeText(sensor, out);
        out.writeLong(run);
        out.writeInt(partition);
        out.writeLong(highest);
        for (long word : came) {
            out.writeLong(word);
        }
    }

    private static BatchNumbers read(DataInput in) throws IOException {
        BatchNumbers numbers = new BatchNumbers(Stored.readText(in), in.readLong(), in.readInt());
        numbers.highest = in.readLong();
        for (int i = 0; i < numbers.came.length; i++) {
            numbers.came[i] = in.readLong();
        }
        return numbers;
    }
}
