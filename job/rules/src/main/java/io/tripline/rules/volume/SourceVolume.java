package io.tripline.rules.volume;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Episode;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one source sent in conversations that it began: the last minute in slices of ten seconds, and its active minutes before. The surplus is
 * what it sent beyond what it got back, conversation by conversation and second by second.
 */
final class SourceVolume {
    /** Seconds of a slice. */
    static final int SLICE = 10;

    static final int SLICES = 6;

    private static final int MINUTE = 60;
    private static final int COLUMNS = 8;
    private static final int RECIPIENTS = 16;
    private static final long NONE = Long.MIN_VALUE;

    /** A slice belongs to what goes on if it has at least this part of the window. */
    private static final int PART_OF_WINDOW = 20;

    /** What was sent in a window of a minute that ends with the second at hand. */
    record Window(
            long packets,
            long bytes,
            long surplusPackets,
            long surplusBytes,
            long answeredPackets,
            long answeredBytes,
            long first) {
        /** What it sent in all, as initiator and as responder. */
        long sent(boolean inBytes) {
            return inBytes ? bytes + answeredBytes : packets + answeredPackets;
        }

        /** What it sent in conversations that it began. */
        long began(boolean inBytes) {
            return inBytes ? bytes : packets;
        }
    }

    /** Where it went. */
    static final class Recipient {
        final Address address;
        final int service;
        long packets;
        long bytes;

        Recipient(Address address, int service) {
            this.address = address;
            this.service = service;
        }
    }

    private final long[] slices = new long[SLICES * COLUMNS];
    private final MinuteHistory bytesHistory;
    private final MinuteHistory packetsHistory;
    final List<Recipient> recipients = new ArrayList<>(0);
    private long minute = NONE;
    private long minuteBytes;
    private long minutePackets;
    private long previousBytes = NONE;
    private long previousPackets;
    private long total;
    private long lastSecond = NONE;
    private long lastAnswer = NONE;
    private long latestBytes;
    private long latestPackets;
    private long latestEnd;
    private long frame = Long.MAX_VALUE;
    private boolean someLeftOut;

    /** When it was last looked at, and what came out; no part of what is stored. */
    private long lookedAt = NONE;

    private boolean near;

    @Nullable
    Episode episode;

    @Nullable
    VolumeEvidence evidence;

    SourceVolume() {
        this(new MinuteHistory(), new MinuteHistory());
    }

    private SourceVolume(MinuteHistory bytesHistory, MinuteHistory packetsHistory) {
        this.bytesHistory = bytesHistory;
        this.packetsHistory = packetsHistory;
        for (int slice = 0; slice < SLICES; slice++) {
            slices[slice * COLUMNS] = NONE;
        }
    }

    /** What a source is asked once a second. */
    interface Look {
        boolean isNear(SourceVolume source, long second);
    }

    /** The answer of the look, which is taken once a second, when all of the second is added. */
    boolean isNear(long second, Look look) {
        if (second != lookedAt) {
            lookedAt = second;
            near = look.isNear(this, second);
        }
        return near;
    }

    /** Adds what it sent to one recipient in a second. */
    void add(long second, long packets, long bytes, long surplusPackets, long surplusBytes, long first, long last) {
        roll(second);
        int at = slice(second);
        slices[at + 5] = Math.min(slices[at + 5], first);
        slices[at + 1] += packets;
        slices[at + 2] += bytes;
        slices[at + 3] += surplusPackets;
        slices[at + 4] += surplusBytes;
        if (second != lastSecond) {
            latestBytes = 0;
            latestPackets = 0;
            latestEnd = last;
            lastSecond = second;
        }
        latestBytes += bytes;
        latestPackets += packets;
        latestEnd = Math.max(latestEnd, last);
        minuteBytes += bytes;
        minutePackets += packets;
        total += packets;
    }

    /** Adds what it answered in a second: others are compared with that where hardly anybody else begins conversations. */
    void answered(long second, long packets, long bytes) {
        int at = slice(second);
        slices[at + 6] += packets;
        slices[at + 7] += bytes;
        lastAnswer = second;
    }

    /** Where the slice of a second stands, emptied if it was another's. */
    private int slice(long second) {
        long number = Math.floorDiv(second, SLICE);
        int at = (int) Math.floorMod(number, (long) SLICES) * COLUMNS;
        if (slices[at] != number) {
            Arrays.fill(slices, at, at + COLUMNS, 0);
            slices[at] = number;
            slices[at + 5] = Long.MAX_VALUE;
        }
        return at;
    }

    /**
     * Moves a minute that is over into its history, one minute late, so that what is judged is not among what it is judged by. Minutes in which it
     * sent nothing do not count.
     */
    private void roll(long second) {
        long now = Math.floorDiv(second, MINUTE);
        if (now == minute) {
            return;
        }
        if (minute != NONE) {
            if (previousBytes != NONE) {
                bytesHistory.add(previousBytes);
                packetsHistory.add(previousPackets);
            }
            previousBytes = minuteBytes;
            previousPackets = minutePackets;
        }
        minute = now;
        minuteBytes = 0;
        minutePackets = 0;
        if (lastSecond != NONE && second - lastSecond > MINUTE) {
            recipients.clear();
            someLeftOut = false;
            frame = Long.MAX_VALUE;
        }
    }

    /** Notes where bytes went, once they are worth it. Call in an order that depends on nothing but what is added. */
    void sentTo(Address address, int service, long packets, long bytes, long inFrame) {
        frame = Math.min(frame, inFrame);
        Recipient least = null;
        for (Recipient known : recipients) {
            if (known.service == service && known.address.equals(address)) {
                known.packets += packets;
                known.bytes += bytes;
                return;
            }
            if (least == null || known.bytes < least.bytes) {
                least = known;
            }
        }
        if (least != null && recipients.size() == RECIPIENTS) {
            someLeftOut = true;
            if (least.bytes >= bytes) {
                return;
            }
            recipients.remove(least);
        }
        Recipient added = new Recipient(address, service);
        added.packets = packets;
        added.bytes = bytes;
        recipients.add(added);
    }

    /** The minute that ends with the given second. */
    Window window(long second) {
        long now = Math.floorDiv(second, SLICE);
        long packets = 0;
        long bytes = 0;
        long surplusPackets = 0;
        long surplusBytes = 0;
        long answeredPackets = 0;
        long answeredBytes = 0;
        for (int at = 0; at < slices.length; at += COLUMNS) {
            if (slices[at] > now - SLICES && slices[at] <= now) {
                packets += slices[at + 1];
                bytes += slices[at + 2];
                surplusPackets += slices[at + 3];
                surplusBytes += slices[at + 4];
                answeredPackets += slices[at + 6];
                answeredBytes += slices[at + 7];
            }
        }
        long first = Long.MAX_VALUE;
        for (int at = 0; at < slices.length; at += COLUMNS) {
            boolean inside = slices[at] > now - SLICES && slices[at] <= now;
            if (inside && (slices[at + 2] >= bytes / PART_OF_WINDOW || slices[at + 1] >= packets / PART_OF_WINDOW)) {
                first = Math.min(first, slices[at + 5]);
            }
        }
        return new Window(packets, bytes, surplusPackets, surplusBytes, answeredPackets, answeredBytes, first);
    }

    /** The second in which it last sent something. */
    long lastSecond() {
        return Math.max(lastSecond, lastAnswer);
    }

    long latestBytes() {
        return latestBytes;
    }

    long latestPackets() {
        return latestPackets;
    }

    /** Time of the last packet of that second, microseconds. */
    long latestEnd() {
        return latestEnd;
    }

    /** Packets since it is remembered. */
    long total() {
        return total;
    }

    /** Lowest frame of what went to the recipients. */
    long frame() {
        return frame;
    }

    boolean someLeftOut() {
        return someLeftOut;
    }

    MinuteHistory history(boolean ofBytes) {
        return ofBytes ? bytesHistory : packetsHistory;
    }

    void write(DataOutput out) throws IOException {
        for (long value : slices) {
            out.writeLong(value);
        }
        bytesHistory.write(out);
        packetsHistory.write(out);
        for (long value : new long[] {
            minute,
            minuteBytes,
            minutePackets,
            previousBytes,
            previousPackets,
            total,
            lastSecond,
            lastAnswer,
            latestBytes,
            latestPackets,
            latestEnd,
            frame
        }) {
            out.writeLong(value);
        }
        out.writeBoolean(someLeftOut);
        out.writeInt(recipients.size());
        for (Recipient recipient : recipients) {
            out.writeLong(recipient.address.high());
            out.writeLong(recipient.address.low());
            out.writeInt(recipient.service);
            out.writeLong(recipient.packets);
            out.writeLong(recipient.bytes);
        }
        Episode open = episode;
        VolumeEvidence seen = evidence;
        out.writeBoolean(open != null && seen != null);
        if (open != null && seen != null) {
            open.write(out);
            seen.write(out);
        }
    }

    static SourceVolume read(DataInput in) throws IOException {
        long[] slices = new long[SLICES * COLUMNS];
        for (int i = 0; i < slices.length; i++) {
            slices[i] = in.readLong();
        }
        SourceVolume source = new SourceVolume(MinuteHistory.read(in), MinuteHistory.read(in));
        System.arraycopy(slices, 0, source.slices, 0, slices.length);
        source.minute = in.readLong();
        source.minuteBytes = in.readLong();
        source.minutePackets = in.readLong();
        source.previousBytes = in.readLong();
        source.previousPackets = in.readLong();
        source.total = in.readLong();
        source.lastSecond = in.readLong();
        source.lastAnswer = in.readLong();
        source.latestBytes = in.readLong();
        source.latestPackets = in.readLong();
        source.latestEnd = in.readLong();
        source.frame = in.readLong();
        source.someLeftOut = in.readBoolean();
        for (int i = Stored.readSize(in, RECIPIENTS, "recipients"); i > 0; i--) {
            Recipient recipient = new Recipient(new Address(in.readLong(), in.readLong()), in.readInt());
            recipient.packets = in.readLong();
            recipient.bytes = in.readLong();
            source.recipients.add(recipient);
        }
        if (in.readBoolean()) {
            source.episode = Episode.read(in);
            source.evidence = VolumeEvidence.read(in);
        }
        return source;
    }
}
