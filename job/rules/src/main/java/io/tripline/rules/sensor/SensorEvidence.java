package io.tripline.rules.sensor;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Detail;
import io.tripline.rules.incident.TestId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is wrong with a sensor.
 *
 * @param trouble what kind of thing
 * @param value how much of it: seconds of silence or of which nothing was seen, packets dropped or thrown away, batches lost, milliseconds that the
 *     clock is off, or sensors of one name
 * @param packets packets that the sensor saw in that time, where they matter
 * @param clockOffset how far its clock was ahead of the broker's, milliseconds, negative where behind; 0 where it was not measured
 * @param end how silence ended
 */
public record SensorEvidence(Trouble trouble, long value, long packets, long clockOffset, End end) implements Detail {
    public static final Kind KIND = new Kind(41, SensorEvidence::read);

    /** What can be wrong. */
    public enum Trouble implements TestId {
        SILENT("silent"),
        MISSING("missing"),
        RESTARTED("restarted"),
        DROPS("drops"),
        DISCARDED("discarded"),
        LOST_BATCHES("lost-batches"),
        DUPLICATE_NAME("duplicate-name"),
        CLOCK_OFF("clock-off"),
        CLOCK_SET_BACK("clock-set-back");

        private final String id;

        Trouble(String id) {
            this.id = id;
        }

        /** The name in documents. */
        public String id() {
            return id;
        }

        @Override
        public String phrase() {
            return id;
        }
    }

    /** How silence can end. */
    public enum End {
        /** It did not, or the trouble is another. */
        NOT_YET("not-yet"),
        /** The sensor is heard again. */
        BACK("back"),
        /** It is back, and what it saw meanwhile comes from its spool. */
        SPOOLED("spooled"),
        /** It said that it stops. */
        STOPPED("stopped"),
        /** Settings say that nobody waits for it. */
        RETIRED("retired");

        private final String id;

        End(String id) {
            this.id = id;
        }

        /** The name in documents. */
        public String id() {
            return id;
        }
    }

    /** Of trouble that is no silence. */
    SensorEvidence(Trouble trouble, long value, long packets, long clockOffset) {
        this(trouble, value, packets, clockOffset, End.NOT_YET);
    }

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeName(trouble, out);
        out.writeLong(value);
        out.writeLong(packets);
        out.writeLong(clockOffset);
        Stored.writeName(end, out);
    }

    public static SensorEvidence read(DataInput in) throws IOException {
        return new SensorEvidence(
                Stored.readName(Trouble.class, in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                Stored.readName(End.class, in));
    }
}
