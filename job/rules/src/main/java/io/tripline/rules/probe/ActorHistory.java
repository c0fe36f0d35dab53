package io.tripline.rules.probe;

import io.tripline.rules.incident.ClockShifts;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.probe.slowscan.FailureRoom;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one actor tried within the sliding window, shared by all detectors of that actor.
 *
 * <p>The window is exact to the second: a contact is forgotten when its latest probe lies {@link #WINDOW_SECONDS} or more seconds
 * back. Memory: about 100 bytes a contact, at most {@link #CONTACTS} of them; beyond that a uniform sample, see {@link ContactTable}.
 */
public final class ActorHistory {
    /** Seconds, the one being looked at among them. */
    public static final int WINDOW_SECONDS = 60;

    /** After so many seconds without an answer there is none: TCP repeats a SYN after 1 s (RFC 6298), and few paths are slower. */
    public static final int ANSWER_SECONDS = 2;

    /** Contacts from which on a window is large. */
    private static final int LARGE = 1_024;

    private static final int LARGE_SECONDS = 5;

    private static final int CONTACTS = 16_384;
    private static final long SECOND = 1_000_000;

    private final ContactTable contacts;
    private final SensorCounts sensors;
    private final ClockShifts clockShifts;
    private long answeredAt = Long.MIN_VALUE;
    private long answeredOnLinkAt = Long.MIN_VALUE;
    private long newest = Long.MIN_VALUE;

    /** No contact's latest probe is older, seconds. */
    private long oldest = Long.MAX_VALUE;

    private long judgedAt = Long.MIN_VALUE / 2;
    private Address actor = new Address(0, 0);
    private @Nullable FailureRoom room;
    private int latestBits;
    private boolean latestSessions;
    private final List<Function<Contact, Coverage>> claims = new ArrayList<>(0);
    private List<Contact> settled = List.of();

    public ActorHistory() {
        this(new ContactTable(CONTACTS), new SensorCounts(), new ClockShifts());
    }

    private ActorHistory(ContactTable contacts, SensorCounts sensors, ClockShifts clockShifts) {
        this.contacts = contacts;
        this.sensors = sensors;
        this.clockShifts = clockShifts;
    }

    public ContactTable contacts() {
        return contacts;
    }

    /** Packets of the actor's probing by sensor, since the window was last empty. */
    public SensorCounts sensors() {
        return sensors;
    }

    /**
     * Clock shift of the activities at a moment since the window was last empty, microseconds.
     *
     * @param time stream time, microseconds
     */
    public long clockShift(long time) {
        return clockShifts.at(secondOf(time));
    }

    public boolean isEmpty() {
        return contacts.size() == 0;
    }

    /** Takes in one second, in order. */
    public void observe(Activity activity) {
        activity.strays().forEach(answer -> takeStray(answer, activity));
        contacts.mergeProbes(activity.contacts());
        latestBits = 0;
        latestSessions = false;
        activity.contacts().forEach(contact -> {
            if (contact.probes() > 0) {
                oldest = Math.min(oldest, secondOf(contact.last()));
            }
            latestBits |= contact.bits();
            latestSessions |= contact.sessions() != null && !contact.isCarriedOnly();
            if (contact.has(Contact.ANSWERED)) {
                if (onLink(contact)) {
                    answeredOnLinkAt = activity.second();
                } else {
                    answeredAt = activity.second();
                }
            }
        });
        sensors.addAll(activity.sensors());
        clockShifts.note(activity.second(), activity.clockShift());
        newest = Math.max(newest, activity.second());
    }

    /**
     * Takes an answer whose probe its own sensor did not see for one to what another sensor saw. Of a single sensor such answers say nothing: they may
     * be to what somebody else sent in this actor's name.
     */
    private void takeStray(StrayAnswer answer, Activity activity) {
        if ((sensors.hasOtherThan(answer.sensor()) || activity.sensors().hasOtherThan(answer.sensor()))
                && (isAsked(answer, activity.contacts()) || isAsked(answer, contacts))) {
            activity.take(answer);
        }
    }

    private static boolean isAsked(StrayAnswer answer, ContactTable asked) {
        Address target = answer.target();
        Contact contact = asked.known(target.high(), target.low(), answer.service(), Probing.SYN);
        return contact != null && contact.probes() > 0;
    }

    /**
     * Whether any probe in the window may count against the actor by the end of the given second: it failed, nothing is known of it, or no ordinary
     * program sends such a thing. Where none does, no rule about actors can be met.
     */
    public boolean isSuspicious(long second) {
        return contacts.anyMatch(contact -> contact.probing().stealth() || isAgainst(outcome(contact, second)));
    }

    private static boolean isAgainst(ProbeOutcome outcome) {
        return outcome.failed() || outcome == ProbeOutcome.UNSEEN;
    }

    /**
     * Contacts of the window that did not answer, or not yet. Fewer than a rule wants to see fail, and it need not look further; much cheaper than to
     * look.
     */
    public int unanswered() {
        int[] count = {0};
        contacts.forEach(contact -> count[0] += contact.has(Contact.OPEN) ? 0 : 1);
        return count[0];
    }

    /**
     * Whether to judge the window by the end of the given second: always while it is small, every {@link #LARGE_SECONDS} while it is large, so
     * that a busy actor costs a pass over its contacts now and then only. A burst is judged at once.
     */
    boolean isJudgementDue(long second) {
        return contacts.size() <= LARGE || second >= judgedAt + LARGE_SECONDS;
    }

    /** Marks of all contacts of the second observed last. */
    public int latestBits() {
        return latestBits;
    }

    /** Whether conversations with login services ended or carried anything in the second observed last. */
    public boolean latestSessions() {
        return latestSessions;
    }

    /**
     * Notes those contacts about which all is known by the end of the given second: the time for an answer is over, whether there was one or not. Each
     * gets there once.
     */
    void settle(long second) {
        List<Contact> known = new ArrayList<>();
        contacts.forEach(contact -> {
            if (isAnswerDue(contact, second) && contact.settle()) {
                known.add(contact);
            }
        });
        known.sort(Comparator.comparingLong(Contact::first)
                .thenComparing(Contact::target)
                .thenComparing(Contact::service)
                .thenComparing(Contact::probing));
        settled = known;
    }

    /** Whose history this is. */
    public Address actor() {
        return actor;
    }

    /** Room for the actor's failures. */
    public FailureRoom room() {
        return Objects.requireNonNull(room, "asked while no second is judged");
    }

    /** Contacts settled in the second that is judged, by time. */
    public List<Contact> settled() {
        return settled;
    }

    /** Begins the judgement of a second of an actor whose failures share a room with others'. */
    void begin(Address of, FailureRoom shared) {
        actor = of;
        room = shared;
        settled = List.of();
        claims.clear();
    }

    /** Notes that a rule about one minute has an incident open, which covers some of what the actor tries. */
    void claim(Function<Contact, Coverage> coverage) {
        claims.add(coverage);
    }

    /** Whether there is such an incident; asked by rules that come after those about one minute. */
    public boolean claimed() {
        return !claims.isEmpty();
    }

    /** By what such an incident covers a contact. */
    public Coverage coverage(Contact contact) {
        for (Function<Contact, Coverage> claim : claims) {
            Coverage coverage = claim.apply(contact);
            if (coverage != Coverage.NONE) {
                return coverage;
            }
        }
        return Coverage.NONE;
    }

    /** Forgets what has left the window that ends with the given second. */
    public void expire(long second) {
        judgedAt = second;
        long left = second - WINDOW_SECONDS;
        if (oldest <= left || contacts.approximate()) {
            contacts.removeIf(contact -> secondOf(contact.last()) <= left);
            noteOldest();
        }
        if (isEmpty()) {
            sensors.clear();
            clockShifts.clear();
        }
    }

    private void noteOldest() {
        oldest = Long.MAX_VALUE;
        contacts.forEach(contact -> oldest = Math.min(oldest, secondOf(contact.last())));
    }

    /** What became of a contact's probes by the end of the given second. */
    public ProbeOutcome outcome(Contact contact, long second) {
        if (contact.has(Contact.OPEN)) {
            return ProbeOutcome.OPEN;
        }
        if (contact.has(Contact.EXPIRED | Contact.HOP_LIMITED)) {
            return ProbeOutcome.EXPIRED;
        }
        if (contact.has(Contact.CLOSED)) {
            return ProbeOutcome.CLOSED;
        }
        if (!isAnswerDue(contact, second)) {
            return ProbeOutcome.PENDING;
        }
        return contact.has(Contact.ANSWERS_VISIBLE) || answersReachTap(contact, second)
                ? ProbeOutcome.FILTERED
                : ProbeOutcome.UNSEEN;
    }

    /** Whether an answer to the first probe would be there by the end of the given second. */
    public static boolean isAnswerDue(Contact contact, long second) {
        return second - secondOf(contact.first()) >= ANSWER_SECONDS;
    }

    /** When an outcome or the window changes next without anything new; {@link Long#MAX_VALUE} when never. */
    public long wakeUp(long second) {
        if (isEmpty()) {
            return Long.MAX_VALUE;
        }
        boolean waiting = second < newest + ANSWER_SECONDS
                && contacts.anyMatch(contact -> !contact.has(Contact.OPEN) && !isAnswerDue(contact, second));
        long next = newest + (waiting ? ANSWER_SECONDS : WINDOW_SECONDS);
        return judgedAt < second ? Math.min(next, judgedAt + LARGE_SECONDS) : next;
    }

    /** Whether this actor got any such answer lately, which shows that the tap sees what comes back to it. */
    private boolean answersReachTap(Contact contact, long second) {
        return onLink(contact) ? answeredOnLinkAt > second - WINDOW_SECONDS : wasAnswered(second);
    }

    /** Whether anybody answered or refused this actor lately, other than by ARP or neighbour advertisement. */
    public boolean wasAnswered(long second) {
        return answeredAt > second - WINDOW_SECONDS;
    }

    /** Who asks by broadcast is answered in unicast, and by hosts on this very segment: that shows nothing about other answers. */
    private static boolean onLink(Contact contact) {
        return contact.probing() == Probing.ARP || contact.probing() == Probing.NDP;
    }

    /** Whole seconds of a time in microseconds. */
    public static long secondOf(long microseconds) {
        return Math.floorDiv(microseconds, SECOND);
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(judgedAt);
        out.writeLong(answeredAt);
        out.writeLong(answeredOnLinkAt);
        out.writeLong(newest);
        clockShifts.write(out);
        sensors.write(out);
        contacts.write(out);
    }

    public static ActorHistory read(DataInput in) throws IOException {
        long judgedAt = in.readLong();
        long answeredAt = in.readLong();
        long answeredOnLinkAt = in.readLong();
        long newest = in.readLong();
        ClockShifts clockShifts = ClockShifts.read(in);
        SensorCounts sensors = SensorCounts.read(in);
        ActorHistory history = new ActorHistory(ContactTable.read(in, CONTACTS), sensors, clockShifts);
        history.judgedAt = judgedAt;
        history.answeredAt = answeredAt;
        history.answeredOnLinkAt = answeredOnLinkAt;
        history.newest = newest;
        history.noteOldest();
        return history;
    }
}
