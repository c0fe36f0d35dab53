package io.tripline.rules.intel;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Domains, numbered from 0, as bytes one after another. A name is hashed from its end, so that one pass over it asks for each domain that it lies
 * in, the shortest first.
 *
 * <p>Memory of a million domains of 20 letters: 34 MB.
 */
final class DomainTable implements Serializable {
    private static final long serialVersionUID = 1;

    private byte[] names = new byte[256];
    private int[] ends = new int[16];
    private short[] lists = new short[16];
    private int[] slots = new int[32];
    private int size;

    DomainTable() {
        Arrays.fill(slots, -1);
    }

    int size() {
        return size;
    }

    String name(int domain) {
        int start = start(domain);
        return new String(names, start, ends[domain] - start, StandardCharsets.US_ASCII);
    }

    int list(int domain) {
        return lists[domain];
    }

    /** Adds a domain in lower-case ASCII without dots around it; false where it is there already. */
    boolean add(String domain, int list) {
        if (domain.isEmpty()) {
            throw new IllegalArgumentException("domain is empty");
        }
        int hash = 0;
        for (int i = domain.length() - 1; i >= 0; i--) {
            hash = next(hash, domain.charAt(i));
        }
        if (slot(domain, 0, hash) >= 0) {
            return false;
        }
        if (size == ends.length) {
            grow();
        }
        int start = size == 0 ? 0 : ends[size - 1];
        if (start + domain.length() > names.length) {
            names = Arrays.copyOf(names, Math.max(start + domain.length(), names.length + (names.length >> 1)));
        }
        for (int i = 0; i < domain.length(); i++) {
            names[start + i] = (byte) domain.charAt(i);
        }
        ends[size] = start + domain.length();
        lists[size] = (short) list;
        place(size++, hash);
        return true;
    }

    /** The shortest domain that is the name or that it lies in; -1 where there is none. Case does not matter. */
    int find(String name) {
        int hash = 0;
        for (int i = name.length() - 1; i >= 0; i--) {
            char c = name.charAt(i);
            if (c == '.') {
                int found = slot(name, i + 1, hash);
                if (found >= 0) {
                    return found;
                }
            }
            hash = next(hash, c);
        }
        return name.isEmpty() ? -1 : slot(name, 0, hash);
    }

    private static int next(int hash, char c) {
        int lower = c >= 'A' && c <= 'Z' ? c + 32 : c;
        return (hash ^ lower) * 0x0100_0193;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9e37_79b9;
        return mixed ^ mixed >>> 15;
    }

    /** The domain that a name is from a place on; -1 where it is none. */
    private int slot(String name, int from, int hash) {
        int at = spread(hash) & (slots.length - 1);
        for (int domain = slots[at]; domain >= 0; domain = slots[at]) {
            if (equals(domain, name, from)) {
                return domain;
            }
            at = (at + 1) & (slots.length - 1);
        }
        return -1;
    }

    private boolean equals(int domain, String name, int from) {
        int start = start(domain);
        if (ends[domain] - start != name.length() - from) {
            return false;
        }
        for (int i = from; i < name.length(); i++) {
            char c = name.charAt(i);
            int lower = c >= 'A' && c <= 'Z' ? c + 32 : c;
            if (names[start + i - from] != lower) {
                return false;
            }
        }
        return true;
    }

    private int start(int domain) {
        return domain == 0 ? 0 : ends[domain - 1];
    }

    private void place(int domain, int hash) {
        int at = spread(hash) & (slots.length - 1);
        while (slots[at] >= 0) {
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = domain;
    }

    private void grow() {
        int capacity = size + (size >> 1);
        ends = Arrays.copyOf(ends, capacity);
        lists = Arrays.copyOf(lists, capacity);
        if (NetworkTable.slotsFor(capacity) > slots.length) {
            rehash(NetworkTable.slotsFor(capacity));
        }
    }

    private void rehash(int count) {
        slots = new int[count];
        Arrays.fill(slots, -1);
        for (int domain = 0; domain < size; domain++) {
            int hash = 0;
            for (int i = ends[domain] - 1; i >= start(domain); i--) {
                hash = next(hash, (char) names[i]);
            }
            place(domain, hash);
        }
    }

    /** Gives back what growing took in advance. */
    void trim() {
        names = Arrays.copyOf(names, size == 0 ? 0 : ends[size - 1]);
        ends = Arrays.copyOf(ends, size);
        lists = Arrays.copyOf(lists, size);
        if (NetworkTable.slotsFor(size) < slots.length) {
            rehash(NetworkTable.slotsFor(size));
        }
    }

    /** Bytes of all arrays. */
    long bytes() {
        return names.length + 4L * (ends.length + slots.length) + 2L * lists.length;
    }
}
