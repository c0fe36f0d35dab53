package io.tripline.rules.traffic;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.SensorCounts;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Who moved how much to whom on one network segment in one second: conversations by initiator, responder and service. Sensors without a
 * segment's name stand for one each.
 */
public final class SegmentVolumes implements Part<String, SegmentVolumes> {
    public static final Codec<SegmentVolumes> CODEC =
            Codec.of("segment-volumes", 1, SegmentVolumes.class, SegmentVolumes::write, SegmentVolumes::read);

    /** Conversations of a second that are kept apart; the others are counted together. */
    public static final int CONVERSATIONS = 65_536;

    private final String segment;
    private final long second;
    private final SensorCounts sensors;
    private final ConversationTable conversations;
    private long clockShift;
    private boolean answersVisible = true;

    public SegmentVolumes(String segment, long second) {
        this(segment, second, new SensorCounts(), new ConversationTable(CONVERSATIONS));
    }

    /** Volumes whose conversations stand in a table that somebody else keeps. */
    public SegmentVolumes(String segment, long second, ConversationTable conversations) {
        this(segment, second, new SensorCounts(), conversations);
    }

    private SegmentVolumes(String segment, long second, SensorCounts sensors, ConversationTable conversations) {
        this.segment = segment;
        this.second = second;
        this.sensors = sensors;
        this.conversations = conversations;
    }

    @Override
    public String subject() {
        return segment;
    }

    @Override
    public long second() {
        return second;
    }

    @Override
    public String sensor() {
        return sensors.sensor();
    }

    public ConversationTable conversations() {
        return conversations;
    }

    /** Packets by sensor. */
    public SensorCounts sensors() {
        return sensors;
    }

    /** What the sensor had added to capture time to get stream time, microseconds; the most of them. */
    public long clockShift() {
        return clockShift;
    }

    /** Whether every tap that saw some of it shows answers. */
    public boolean answersVisible() {
        return answersVisible;
    }

    /** These volumes with conversations as {@link ConversationTable#ofData} has them. */
    public SegmentVolumes ofData() {
        SegmentVolumes data = new SegmentVolumes(segment, second, sensors, conversations.ofData());
        data.clockShift = clockShift;
        data.answersVisible = answersVisible;
        return data;
    }

    public void seenBy(String sensor, long packets, long shift, boolean answers) {
        sensors.add(sensor, packets);
        clockShift = Math.max(clockShift, shift);
        answersVisible &= answers;
    }

    @Override
    public void merge(SegmentVolumes other) {
        add(other);
        conversations.addAll(other.conversations);
    }

    /** Two sensors on one segment: of a conversation that both saw the larger counts hold. */
    @Override
    public void combine(SegmentVolumes other) {
        add(other);
        conversations.combineAll(other.conversations);
    }

    private void add(SegmentVolumes other) {
        sensors.addAll(other.sensors);
        clockShift = Math.max(clockShift, other.clockShift);
        answersVisible &= other.answersVisible;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(segment, out);
        out.writeLong(second);
        sensors.write(out);
        out.writeLong(clockShift);
        out.writeBoolean(answersVisible);
        conversations.write(out);
    }

    public static SegmentVolumes read(DataInput in) throws IOException {
        String segment = Stored.readText(in);
        long second = in.readLong();
        SensorCounts sensors = SensorCounts.read(in);
        long shift = in.readLong();
        boolean answers = in.readBoolean();
        SegmentVolumes read = new SegmentVolumes(segment, second, sensors, ConversationTable.read(in, CONVERSATIONS));
        read.clockShift = shift;
        read.answersVisible = answers;
        return read;
    }
}
