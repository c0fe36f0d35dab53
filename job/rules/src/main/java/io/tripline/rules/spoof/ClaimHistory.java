package io.tripline.rules.spoof;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.probe.LatestSeconds;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;

/**
 * How one device claims one address that may not be its own: how often, unasked or asked, and to whom. At most {@link #TOLD} receivers, the
 * latest; about 3 kB at most.
 */
final class ClaimHistory {
    private static final int TOLD = 8;
    private static final int FRAMES = 10;

    /**
     * Who was told.
     *
     * @param address {@link Claim#NOBODY} where only the MAC address is known, or everybody was told
     * @param mac 0 where it is not known
     * @param asking whether the claim was the sender's pair in a question
     */
    record Told(Address address, long mac, boolean asking) {}

    /** What a claim was. */
    enum Sort {
        /** The answer to a question. */
        ASKED,
        /** In passing, as every host does it. */
        ORDINARY,
        UNASKED
    }

    /** Seconds in which it was claimed unasked. */
    final LatestSeconds unasked;

    /** Seconds in which one host was told so unasked, besides by questions. */
    final LatestSeconds pushed;

    /** Seconds in which it was claimed unasked after its holder had spoken. */
    final LatestSeconds retaken;

    /** Seconds in which it was claimed against a host that tried it. */
    final LatestSeconds denied;

    /** Seconds in which both this device and another answered for it. */
    final LatestSeconds contested;

    private final Map<Told, LatestSeconds> told = new LinkedHashMap<>();
    private final long[] packets = new long[ClaimKind.values().length];
    private final TreeSet<Long> frames = new TreeSet<>();
    private long unaskedPackets;
    private long answers;
    private long untoldPackets;
    private long untoldBytes;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long lastUnasked = Long.MIN_VALUE;
    private long lastAnswer = Long.MIN_VALUE;
    private boolean everybody;
    private boolean suspect;
    private boolean held;

    ClaimHistory() {
        unasked = new LatestSeconds();
        pushed = new LatestSeconds();
        retaken = new LatestSeconds();
        denied = new LatestSeconds();
        contested = new LatestSeconds();
    }

    /** Counts a claim. */
    void add(Claim claim, Claimed claimed, Sort sort, long second) {
        boolean asked = sort == Sort.ASKED;
        if (asked) {
            answers += claimed.packets();
        } else {
            packets[claim.kind().code()] += claimed.packets();
            unaskedPackets += sort == Sort.UNASKED ? claimed.packets() : 0;
        }
        if (sort == Sort.UNASKED) {
            unasked.add(second);
            if (claim.kind() == ClaimKind.REPLY) {
                pushed.add(second);
            }
            lastUnasked = Math.max(lastUnasked, claimed.last());
        }
        untoldPackets += claimed.packets();
        untoldBytes += claimed.bytes();
        first = Math.min(first, claimed.first());
        last = Math.max(last, claimed.last());
        frames.add(claimed.frame());
        if (frames.size() > FRAMES) {
            frames.pollLast();
        }
        Told to = new Told(claim.told(), claim.toldMac(), claim.kind() == ClaimKind.MENTION);
        if (!asked && claim.kind() != ClaimKind.ANNOUNCEMENT) {
            LatestSeconds known = told.remove(to);
            LatestSeconds seconds = known == null ? new LatestSeconds() : known;
            seconds.add(second);
            told.put(to, seconds);
            if (told.size() > TOLD) {
                told.remove(told.keySet().iterator().next());
            }
        }
        everybody |= claim.toldMac() == 0 && claim.kind() != ClaimKind.MENTION;
    }

    /** Notes an answer. */
    void answered(long at) {
        lastAnswer = Math.max(lastAnswer, at);
    }

    long lastUnasked() {
        return lastUnasked;
    }

    long lastAnswer() {
        return lastAnswer;
    }

    /** Stream time of the latest claim, microseconds. */
    long last() {
        return last;
    }

    /** Who was told, the latest last, and in which seconds. */
    Map<Told, LatestSeconds> told() {
        return Collections.unmodifiableMap(told);
    }

    boolean everybody() {
        return everybody;
    }

    /** Packets that claimed it in this way and answered nobody. */
    long packets(ClaimKind kind) {
        return packets[kind.code()];
    }

    /** Packets that nobody had asked for. */
    long unaskedPackets() {
        return unaskedPackets;
    }

    /** Whether somebody else held the address. */
    boolean held() {
        return held;
    }

    void heldByOther() {
        held = true;
    }

    /** Whether a test took this for another's address. */
    boolean suspect() {
        return suspect;
    }

    void suspected() {
        suspect = true;
    }

    /** Packets that answered a question. */
    long answers() {
        return answers;
    }

    /** Whether there is something that no incident has yet. */
    boolean hasMoreToTell() {
        return untoldPackets > 0;
    }

    /**
     * Hands over to an incident what it does not have yet.
     *
     * @return how many packets
     */
    long tell(Episode episode) {
        long more = untoldPackets;
        if (more > 0) {
            episode.add(first, last, more, untoldBytes);
            frames.forEach(episode::frame);
            frames.clear();
            untoldPackets = 0;
            untoldBytes = 0;
        }
        return more;
    }

    void write(DataOutput out) throws IOException {
        unasked.write(out);
        pushed.write(out);
        retaken.write(out);
        denied.write(out);
        contested.write(out);
        out.writeInt(told.size());
        for (Map.Entry<Told, LatestSeconds> entry : told.entrySet()) {
            out.writeLong(entry.getKey().address().high());
            out.writeLong(entry.getKey().address().low());
            out.writeLong(entry.getKey().mac());
            out.writeBoolean(entry.getKey().asking());
            entry.getValue().write(out);
        }
        for (long count : packets) {
            out.writeLong(count);
        }
        out.writeInt(frames.size());
        for (long frame : frames) {
            out.writeLong(frame);
        }
        for (long value :
                new long[] {unaskedPackets, answers, untoldPackets, untoldBytes, first, last, lastUnasked, lastAnswer
                }) {
            out.writeLong(value);
        }
        out.writeBoolean(everybody);
        out.writeBoolean(suspect);
        out.writeBoolean(held);
    }

    private ClaimHistory(DataInput in) throws IOException {
        unasked = LatestSeconds.read(in);
        pushed = LatestSeconds.read(in);
        retaken = LatestSeconds.read(in);
        denied = LatestSeconds.read(in);
        contested = LatestSeconds.read(in);
    }

    static ClaimHistory read(DataInput in) throws IOException {
        ClaimHistory claimHistory = new ClaimHistory(in);
        for (int i = Stored.readSize(in, TOLD, "receivers"); i > 0; i--) {
            Told to = new Told(new Address(in.readLong(), in.readLong()), in.readLong(), in.readBoolean());
            claimHistory.told.put(to, LatestSeconds.read(in));
        }
        for (int i = 0; i < claimHistory.packets.length; i++) {
            claimHistory.packets[i] = in.readLong();
        }
        for (int i = Stored.readSize(in, FRAMES, "frames"); i > 0; i--) {
            claimHistory.frames.add(in.readLong());
        }
        claimHistory.unaskedPackets = in.readLong();
        claimHistory.answers = in.readLong();
        claimHistory.untoldPackets = in.readLong();
        claimHistory.untoldBytes = in.readLong();
        claimHistory.first = in.readLong();
        claimHistory.last = in.readLong();
        claimHistory.lastUnasked = in.readLong();
        claimHistory.lastAnswer = in.readLong();
        claimHistory.everybody = in.readBoolean();
        claimHistory.suspect = in.readBoolean();
        claimHistory.held = in.readBoolean();
        return claimHistory;
    }
}
