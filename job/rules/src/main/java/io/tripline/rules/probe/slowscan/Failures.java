package io.tripline.rules.probe.slowscan;

import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.ActorHistory;
import io.tripline.rules.probe.Contact;
import io.tripline.rules.probe.ContactTable;
import io.tripline.rules.probe.Incident;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.roaringbitmap.RoaringBitmap;

/**
 * What an actor tried in vain over a long time, and about how much it reached meanwhile. Memory: about 100 bytes for each of at most
 * {@link #PAIRS} failures and as many contacts of which nothing is known; beyond that a uniform sample, see {@link ContactTable}.
 */
final class Failures {
    static final int PAIRS = 256;

    private final ContactTable failed;
    private final ContactTable unseen;
    private final DistinctCount reached;
    private final DistinctCount reachedThere;
    private final Set<Address> targets = new HashSet<>();

    Failures() {
        this(new ContactTable(PAIRS), new ContactTable(PAIRS), new DistinctCount(), new DistinctCount());
    }

    private Failures(ContactTable failed, ContactTable unseen, DistinctCount reached, DistinctCount reachedThere) {
        this.failed = failed;
        this.unseen = unseen;
        this.reached = reached;
        this.reachedThere = reachedThere;
        failed.forEach(contact -> targets.add(contact.target()));
    }

    boolean isEmpty() {
        return failed.size() == 0 && unseen.size() == 0;
    }

    /** Whether this is remembered already. */
    boolean has(Contact contact) {
        Address target = contact.target();
        return failed.known(target.high(), target.low(), contact.service(), contact.probing()) != null
                || unseen.known(target.high(), target.low(), contact.service(), contact.probing()) != null;
    }

    void failed(Contact contact) {
        failed.add(contact);
        targets.add(contact.target());
    }

    void unseen(Contact contact) {
        unseen.add(contact);
    }

    /** Something answered; what was reached before the first failure is never heard of. */
    void reached(Contact contact) {
        reached.add(contact);
        if (targets.contains(contact.target())) {
            reachedThere.add(contact);
        }
    }

    /** Forgets what was last tried at or before the given second. */
    void expire(long second) {
        forget(contact -> ActorHistory.secondOf(contact.last()) <= second);
    }

    /** Forgets such contacts. */
    void forget(Predicate<Contact> condition) {
        failed.removeIf(condition);
        unseen.removeIf(condition);
        targets.clear();
        failed.forEach(contact -> targets.add(contact.target()));
    }

    /** Stream time of the oldest of them, microseconds; {@link Long#MAX_VALUE} where there is none. */
    long oldest() {
        long[] oldest = {Long.MAX_VALUE};
        failed.forEach(contact -> oldest[0] = Math.min(oldest[0], contact.last()));
        unseen.forEach(contact -> oldest[0] = Math.min(oldest[0], contact.last()));
        return oldest[0];
    }

    /** How many of them were tried after the given second, at least. */
    int since(long second) {
        int[] count = {0};
        failed.forEach(contact -> count[0] += ActorHistory.secondOf(contact.last()) > second ? 1 : 0);
        unseen.forEach(contact -> count[0] += ActorHistory.secondOf(contact.last()) > second ? 1 : 0);
        return count[0];
    }

    /** How many there are, at least. */
    int size() {
        return failed.size() + unseen.size();
    }

    void addTo(Incident incident) {
        failed.forEach(incident::add);
        unseen.forEach(incident::add);
    }

    /** Counts that the tests rest on. */
    Counts counts() {
        Counts counts = new Counts();
        failed.forEach(counts::failed);
        unseen.forEach(counts::unseen);
        counts.reached = reached.count();
        counts.reachedThere = reachedThere.count();
        counts.scale(failed.level(), unseen.level());
        return counts;
    }

    /** Distinct pairs by what became of them. */
    static final class Counts {
        private final SortedMap<Address, RoaringBitmap> failedAt = new TreeMap<>();
        private final SortedMap<Address, RoaringBitmap> unseenAt = new TreeMap<>();
        private final RoaringBitmap ports = new RoaringBitmap();
        private final Set<Address> hosts = new HashSet<>();
        private long proven;
        private long stealth;
        private int failedLevel;
        private int unseenLevel;
        private long reached;
        private long reachedThere;

        private void failed(Contact contact) {
            boolean more = failedAt.computeIfAbsent(contact.target(), target -> new RoaringBitmap())
                    .checkedAdd(contact.service());
            proven += more && contact.probing() != Probing.ACK ? 1 : 0;
            stealth += contact.probing().stealth() ? 1 : 0;
            if (Service.hasPort(contact.service())) {
                ports.add(contact.service());
                hosts.add(contact.target());
            }
        }

        private void unseen(Contact contact) {
            unseenAt.computeIfAbsent(contact.target(), target -> new RoaringBitmap())
                    .add(contact.service());
        }

        private void scale(int ofFailed, int ofUnseen) {
            failedLevel = ofFailed;
            unseenLevel = ofUnseen;
        }

        /** Most services of one target that failed. */
        long failedAtOne() {
            return most(failedAt) << failedLevel;
        }

        /** Services of all targets that failed; an ACK out of the blue proves nothing here. */
        long failed() {
            return proven << failedLevel;
        }

        long stealth() {
            return stealth << failedLevel;
        }

        /** Most services of one target of which nothing is known. */
        long unseenAtOne() {
            return most(unseenAt) << unseenLevel;
        }

        /** Services that answered, at any target. */
        long reached() {
            return reached;
        }

        /** Services that answered at targets where others failed. */
        long reachedThere() {
            return reachedThere;
        }

        /** The target with most failures, or else the one with most that is unknown. */
        Address target() {
            return (failedAt.isEmpty() ? unseenAt : failedAt)
                    .entrySet().stream()
                            .max(Map.Entry.comparingByValue(
                                    (one, other) -> Integer.compare(one.getCardinality(), other.getCardinality())))
                            .orElseThrow()
                            .getKey();
        }

        /** Whether nearly each host was asked for another port and a quarter or more answered: peers of a swarm, of which many are gone. */
        boolean swarm() {
            return ports.getCardinality() * 2 > hosts.size() && proven < hosts.size() * 2L && reached * 3 >= proven;
        }

        private static long most(SortedMap<Address, RoaringBitmap> services) {
            return services.values().stream()
                    .mapToLong(RoaringBitmap::getLongCardinality)
                    .max()
                    .orElse(0);
        }
    }

    void write(DataOutput out) throws IOException {
        failed.write(out);
        unseen.write(out);
        reached.write(out);
        reachedThere.write(out);
    }

    static Failures read(DataInput in) throws IOException {
        return new Failures(
                ContactTable.read(in, PAIRS),
                ContactTable.read(in, PAIRS),
                DistinctCount.read(in),
                DistinctCount.read(in));
    }
}
