package io.tripline.sensor.flow;

import io.tripline.schemas.Technique;

/**
 * The conversation of the current packet: a cursor over the flow table.
 *
 * <p>Use: {@link #find}, read and change, {@link #save}; or {@link #begin} where nothing was found.
 */
final class Flow {
    /** What is known of a conversation. The order is that of the numbers in the table. */
    static final int PROBING = 0;

    static final int REFUSED = 1;
    /** The responder has answered, the initiator has not gone on yet. */
    static final int ANSWERED = 2;

    static final int ESTABLISHED = 3;
    static final int CLOSING = 4;

    /** Its first packet was not seen, or was none. */
    static final int ADOPTED = 1 << 9;

    /** Counted as proof of what this tap shows. */
    static final int COUNTED = 1 << 10;

    static final int INITIATOR_CLOSED = 1 << 11;
    static final int RESPONDER_CLOSED = 1 << 12;
    static final int INITIATOR_SEEN = 1 << 13;
    static final int RESPONDER_SEEN = 1 << 14;

    /** The first payload of this direction was looked at. */
    static final int INITIATOR_PAYLOAD = 1 << 20;

    static final int RESPONDER_PAYLOAD = 1 << 21;

    private static final Technique[] TECHNIQUES = Technique.values();
    private static final int PHASE = 7;
    private static final int TECHNIQUE_SHIFT = 4;
    private static final int INITIATOR_SECOND = 1 << 8;
    private static final int SENT_SHIFT = 15;
    private static final int SENT_MOST = 31;
    /** Of a protocol with connections; with the phase it says how long the conversation may rest. */
    private static final int STREAM = 1 << 3;

    private static final int SORT_SHIFT = 9;
    private static final int DOWN = 1 << 13;

    private static final long PROBE_SECONDS = 60;
    private static final long REFUSED_SECONDS = 30;
    private static final long DATAGRAM_SECONDS = 180;
    private static final long STREAM_SECONDS = 3_600;
    private static final long CLOSING_SECONDS = 120;

    private final FlowTable table;
    private final FlowKey key = new FlowKey();
    private final AnswerVisibility visibility;
    private long hash;
    private long time;
    private int slot = -1;
    private int state;
    private boolean stream;
    private boolean senderSecond;

    Flow(FlowTable table, AnswerVisibility visibility) {
        this.table = table;
        this.visibility = visibility;
        for (int stream = 0; stream <= STREAM; stream += STREAM) {
            table.idle(stream + PROBING, PROBE_SECONDS);
            table.idle(stream + REFUSED, REFUSED_SECONDS);
            table.idle(stream + CLOSING, CLOSING_SECONDS);
        }
        table.idle(ANSWERED, DATAGRAM_SECONDS);
        table.idle(ESTABLISHED, DATAGRAM_SECONDS);
        table.idle(STREAM + ANSWERED, PROBE_SECONDS);
        table.idle(STREAM + ESTABLISHED, STREAM_SECONDS);
    }

    /** Prepares for the next packet, which belongs to no conversation until {@link #find} or {@link #begin}. */
    void reset(long streamTime) {
        time = streamTime;
        slot = -1;
    }

    /**
     * Looks a conversation up.
     *
     * @param kind IP protocol number, see {@link FlowKey}
     * @param connected whether it is of a protocol with connections, which may rest for an hour
     */
    boolean find(
            long fromHigh,
            long fromLow,
            int fromPort,
            long toHigh,
            long toLow,
            int toPort,
            int kind,
            boolean connected) {
        key.set(fromHigh, fromLow, fromPort, toHigh, toLow, toPort, kind);
        hash = key.hash();
        stream = connected;
        senderSecond = key.senderSecond;
        slot = table.find(key, hash, time);
        if (slot < 0) {
            return false;
        }
        state = table.state(slot);
        return true;
    }

    /**
     * Looks up a question that one host asks another; hosts that ask each other the same do so in two conversations.
     *
     * @param sort which kind of question of the protocol, 1 to 15
     */
    boolean findQuestion(
            long askerHigh, long askerLow, long askedHigh, long askedLow, int identifier, int protocol, int sort) {
        boolean down = askerHigh != askedHigh ? askerHigh > askedHigh : askerLow > askedLow;
        int kind = protocol | (sort << SORT_SHIFT) | (down ? DOWN : 0);
        return find(askerHigh, askerLow, identifier, askedHigh, askedLow, identifier, kind, false);
    }

    /** Opens a conversation under the key last looked for, in place of what it had. */
    @SuppressWarnings("EnumOrdinal") // four bits of a slot; never leaves this process
    void begin(int phase, Technique technique, boolean bySender) {
        boolean second = bySender == senderSecond;
        int seen = bySender ? INITIATOR_SEEN | (1 << SENT_SHIFT) : RESPONDER_SEEN;
        state = phase
                | (stream ? STREAM : 0)
                | (technique.ordinal() << TECHNIQUE_SHIFT)
                | (second ? INITIATOR_SECOND : 0)
                | seen;
        slot = table.claim(key, hash, state, time);
    }

    /** Opens a conversation whose beginning was not seen. */
    void adopt(int phase, boolean bySender) {
        begin(phase, Technique.NONE, bySender);
        set(ADOPTED);
        save();
    }

    /** Stores the conversation as seen now; counts the packet for its sender. */
    void save() {
        table.update(slot, state, time);
    }

    boolean known() {
        return slot >= 0;
    }

    /** Whether the sender given to {@link #find} began the conversation. */
    boolean fromInitiator() {
        return senderSecond == has(INITIATOR_SECOND);
    }

    long initiatorHigh() {
        return has(INITIATOR_SECOND) ? table.secondHigh(slot) : table.firstHigh(slot);
    }

    long initiatorLow() {
        return has(INITIATOR_SECOND) ? table.secondLow(slot) : table.firstLow(slot);
    }

    int initiatorPort() {
        return has(INITIATOR_SECOND) ? table.secondPort(slot) : table.firstPort(slot);
    }

    long responderHigh() {
        return has(INITIATOR_SECOND) ? table.firstHigh(slot) : table.secondHigh(slot);
    }

    long responderLow() {
        return has(INITIATOR_SECOND) ? table.firstLow(slot) : table.secondLow(slot);
    }

    int responderPort() {
        return has(INITIATOR_SECOND) ? table.firstPort(slot) : table.secondPort(slot);
    }

    /** Where the conversation's volume stands in the batch. */
    long volume() {
        return table.volume(slot);
    }

    void volume(long reference) {
        table.volume(slot, reference);
    }

    int phase() {
        return state & PHASE;
    }

    void phase(int phase) {
        state = (state & ~PHASE) | phase;
    }

    Technique technique() {
        return TECHNIQUES[(state >>> TECHNIQUE_SHIFT) & 15];
    }

    boolean has(int bit) {
        return (state & bit) != 0;
    }

    void set(int bits) {
        state |= bits;
    }

    /** Whether the first payload of the sender's direction was looked at. */
    boolean firstPayloadSeen() {
        return has(fromInitiator() ? INITIATOR_PAYLOAD : RESPONDER_PAYLOAD);
    }

    /** Notes that it was, and stores it. */
    void noteFirstPayload() {
        set(fromInitiator() ? INITIATOR_PAYLOAD : RESPONDER_PAYLOAD);
        save();
    }

    /** Packets that the initiator has sent, counted to 31. */
    int sent() {
        return (state >>> SENT_SHIFT) & SENT_MOST;
    }

    /** Notes one more packet of the sender. */
    void count() {
        if (!fromInitiator()) {
            state |= RESPONDER_SEEN;
        } else {
            state |= INITIATOR_SEEN;
            if (sent() < SENT_MOST) {
                state += 1 << SENT_SHIFT;
            }
        }
    }

    long numbers() {
        return table.numbers(slot);
    }

    void numbers(long sequence, long acknowledgment) {
        table.numbers(slot, (sequence << 32) | (acknowledgment & 0xffff_ffffL));
    }

    /** The conversation was seen answered: this tap shows answers. */
    void seenAnswered() {
        if (!has(COUNTED)) {
            set(COUNTED);
            visibility.answered();
        }
    }

    /** The conversation went on although this tap showed no answer. */
    void wentOnUnseen() {
        if (!has(COUNTED)) {
            set(COUNTED);
            visibility.unseen();
        }
    }
}
