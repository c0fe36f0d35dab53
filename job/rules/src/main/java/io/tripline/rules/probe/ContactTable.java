package io.tripline.rules.probe;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Probing;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bounded set of contacts, one for each (target, service, technique).
 *
 * <p>Exact up to its capacity. Beyond it, a uniform sample of the distinct (target, service) pairs: kept are the pairs whose hash
 * begins with at least {@code level} zero bits, and each kept contact weighs 2<sup>level</sup>. The level rises when the table
 * is full, so which pairs are kept depends on the pairs alone, never on their order or on how they were split and merged.
 * Distinct sampling, P. B. Gibbons, "Distinct Sampling for Highly-Accurate Answers to Distinct Values Queries", VLDB 2001; with
 * 8,192 pairs its relative error is about 1 %. One structure gives distinct counts, their break-down by target and by outcome, and
 * the sample for the evidence, which a cardinality sketch does not.
 *
 * <p>Cost: one hash and usually one probe of an array for each packet; a pair that the sample leaves out costs the hash alone.
 * Memory: about 100 bytes a contact.
 */
public final class ContactTable {
    private static final int SMALLEST = 2;

    /**
     * The highest level. Pairs that happen to get there are too many only where somebody computed them; then the table takes no more.
     */
    private static final int MAX_LEVEL = 30;

    /** Where a contact stands in the table is nobody's business: chosen targets and ports cannot crowd one corner of it. */
    private static final long PLACE = new SecureRandom().nextLong() | 1;

    private final int capacity;
    private Contact[] slots = new Contact[SMALLEST];
    private int size;
    private int level;

    /** A table of at most {@code capacity} contacts, at least 16. */
    public ContactTable(int capacity) {
        if (capacity < 16) {
            throw new IllegalArgumentException("capacity " + capacity + " is below 16");
        }
        this.capacity = capacity;
    }

    public int size() {
        return size;
    }

    /** 0 while the table is exact; otherwise one in 2<sup>level</sup> pairs is kept. */
    public int level() {
        return level;
    }

    public boolean approximate() {
        return level > 0;
    }

    /** The contact for a pair and technique, made if it is new; null where the sample leaves it out. */
    public @Nullable Contact contact(long targetHigh, long targetLow, int service, Probing probing) {
        return contact(targetHigh, targetLow, Contact.key(service, probing));
    }

    private @Nullable Contact contact(long targetHigh, long targetLow, int key) {
        long hash = hash(targetHigh, targetLow, key);
        if (Long.numberOfLeadingZeros(hash) < level) {
            return null;
        }
        int at = find(targetHigh, targetLow, key, hash);
        Contact known = slots[at];
        if (known != null) {
            return known;
        }
        if (size == capacity) {
            if (level == MAX_LEVEL) {
                return null;
            }
            raiseLevel();
            return contact(targetHigh, targetLow, key);
        }
        Contact made = new Contact(targetHigh, targetLow, key);
        made.weighAtLeast(1 << level);
        slots[at] = made;
        size++;
        if (size * 2 > slots.length) {
            rehash(slots.length * 2);
        }
        return made;
    }

    /** The contact for a pair and technique if there is one. */
    public @Nullable Contact known(long targetHigh, long targetLow, int service, Probing probing) {
        int key = Contact.key(service, probing);
        return slots[find(targetHigh, targetLow, key, hash(targetHigh, targetLow, key))];
    }

    /** Adds a contact of another table; that is left as it is. */
    public void add(Contact contact) {
        merge(contact, contact(contact.targetHigh, contact.targetLow, contact.key));
    }

    /** Adds all of another table to this one; the other is left as it is. */
    public void mergeAll(ContactTable other) {
        while (level < other.level) {
            raiseLevel();
        }
        other.forEach(contact -> merge(contact, contact(contact.targetHigh, contact.targetLow, contact.key)));
    }

    /** Adds what another sensor saw at the same time: of a contact that both have, the larger counts hold. */
    void combineAll(ContactTable other) {
        while (level < other.level) {
            raiseLevel();
        }
        other.forEach(contact -> {
            Contact into = contact(contact.targetHigh, contact.targetLow, contact.key);
            if (into != null) {
                into.combine(contact);
                into.weighAtLeast(contact.weight());
            }
        });
    }

    /**
     * Adds what another table tells about probes to this one: its probes, and its answers to probes that are already here. Answers
     * to probes that were never seen, or were forgotten, say nothing about the actor.
     */
    public void mergeProbes(ContactTable other) {
        while (level < other.level) {
            raiseLevel();
        }
        other.forEach(contact -> merge(
                contact,
                contact.probes() > 0
                        ? contact(contact.targetHigh, contact.targetLow, contact.key)
                        : known(contact.targetHigh, contact.targetLow, contact.service(), contact.probing())));
    }

    private static void merge(Contact from, @Nullable Contact into) {
        if (into != null) {
            into.merge(from);
            into.weighAtLeast(from.weight());
        }
    }

    /** The one contact where a probe of one thing is all that there is; null otherwise. */
    @Nullable
    Contact singleProbe() {
        if (size == 1) {
            for (Contact contact : slots) {
                if (contact != null) {
                    return contact.probes() > 0 ? contact : null;
                }
            }
        }
        return null;
    }

    /** Whether there are probes, of no more than so many things. */
    boolean isFewProbes(int most) {
        return size <= most && anyMatch(contact -> contact.probes() > 0);
    }

    /** Visits every contact, in no particular order. */
    public void forEach(Consumer<Contact> visitor) {
        for (Contact contact : slots) {
            if (contact != null) {
                visitor.accept(contact);
            }
        }
    }

    /** Whether the condition holds for any contact. */
    public boolean anyMatch(Predicate<Contact> condition) {
        for (Contact contact : slots) {
            if (contact != null && condition.test(contact)) {
                return true;
            }
        }
        return false;
    }

    /** Forgets what the condition holds for, and samples new pairs less once there is room again. */
    public void removeIf(Predicate<Contact> condition) {
        for (int at = 0; at < slots.length; at++) {
            while (slots[at] != null && condition.test(slots[at])) {
                remove(at); // what stood behind it may stand here now
            }
        }
        int room = Math.max(SMALLEST, Integer.highestOneBit(Math.max(1, size)) * 4);
        if (room < slots.length / 2) {
            rehash(room);
        }
        if (size == 0) {
            level = 0;
        } else if (level > 0 && size < capacity / 4) {
            level--;
        }
    }

    /** Empties a slot, and moves up what stands behind it only because it was taken. */
    private void remove(int at) {
        int mask = slots.length - 1;
        int hole = at;
        int next = (hole + 1) & mask;
        for (Contact behind = slots[next]; behind != null; behind = slots[next]) {
            if (((next - place(behind)) & mask) >= ((next - hole) & mask)) {
                slots[hole] = behind;
                hole = next;
            }
            next = (next + 1) & mask;
        }
        slots[hole] = null;
        size--;
    }

    /** Forgets everything, and gives back the memory of a large table. */
    public void clear() {
        if (size > 0) {
            slots = new Contact[SMALLEST];
        }
        size = 0;
        level = 0;
    }

    private void raiseLevel() {
        level++;
        int kept = 0;
        for (int i = 0; i < slots.length; i++) {
            Contact contact = slots[i];
            if (contact != null) {
                if (Long.numberOfLeadingZeros(hash(contact.targetHigh, contact.targetLow, contact.key)) < level) {
                    slots[i] = null;
                } else {
                    contact.weighAtLeast(1 << level);
                    kept++;
                }
            }
        }
        size = kept;
        rehash(slots.length);
    }

    private void rehash(int length) {
        Contact[] old = slots;
        slots = new Contact[length];
        for (Contact contact : old) {
            if (contact != null) {
                long hash = hash(contact.targetHigh, contact.targetLow, contact.key);
                slots[find(contact.targetHigh, contact.targetLow, contact.key, hash)] = contact;
            }
        }
    }

    private int find(long targetHigh, long targetLow, int key, long hash) {
        int mask = slots.length - 1;
        int at = place(hash);
        while (true) {
            Contact contact = slots[at];
            if (contact == null
                    || (contact.key == key && contact.targetLow == targetLow && contact.targetHigh == targetHigh)) {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    /** Where a contact stands unless the slot is taken. */
    private int place(Contact contact) {
        return place(hash(contact.targetHigh, contact.targetLow, contact.key));
    }

    private int place(long hash) {
        return (int) (Math.multiplyHigh(hash, PLACE) ^ hash * PLACE) & (slots.length - 1);
    }

    /** Same for all techniques at one (target, service), so that a sampled pair keeps all of them. */
    private static long hash(long targetHigh, long targetLow, int key) {
        int service = key >>> 5;
        long h = targetLow * 0x9e37_79b9_7f4a_7c15L ^ Long.rotateLeft(targetHigh * 0xc2b2_ae3d_27d4_eb4fL, 31);
        return Hash.finish(h ^ (long) service * 0xff51_afd7_ed55_8ccdL);
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(level);
        out.writeInt(size);
        for (Contact contact : slots) {
            if (contact != null) {
                contact.write(out);
            }
        }
    }

    /**
     * Reads what {@link #write} wrote into a table of the given capacity.
     *
     * @throws IOException if the bytes end early or hold what no such table can hold
     */
    public static ContactTable read(DataInput in, int capacity) throws IOException {
        ContactTable table = new ContactTable(capacity);
        table.level = Stored.readSize(in, MAX_LEVEL, "zero bits of a hash");
        int size = Stored.readSize(in, capacity, "contacts");
        for (int i = 0; i < size; i++) {
            Contact contact = Contact.read(in);
            long hash = hash(contact.targetHigh, contact.targetLow, contact.key);
            int at = table.find(contact.targetHigh, contact.targetLow, contact.key, hash);
            if (table.slots[at] != null) {
                throw new IOException("a contact was stored twice");
            }
            table.slots[at] = contact;
            table.size++;
            if (table.size * 2 > table.slots.length) {
                table.rehash(table.slots.length * 2);
            }
        }
        return table;
    }
}
