package io.tripline.job.elastic;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Documents whose fate is not known, of each id the newest, in the order in which the ids came. Bounded: beyond it
 * those are given up that have waited longest, first of incidents that are closed. Those of open incidents would soon
 * be told again, and with more in them.
 *
 * <p>Cost: a step per document added or settled; taking some to send walks past those that are under way or rest.
 */
final class WaitingDocuments {
    /** A document that waits, or is under way. */
    static final class Waiting {
        private final long since;
        private ElasticDocument document;
        private boolean underWay;
        private long restsUntil;
        private int rests;
        private int faults;

        Waiting(ElasticDocument document, long now) {
            this.document = document;
            this.since = now;
        }

        /** How many times it rested. */
        int rests() {
            return rests;
        }

        /** Counts a fault that may be its own. */
        int fault() {
            return ++faults;
        }
    }

    /** A document as it was sent, which may not be the newest any more. */
    record Sent(Waiting waiting, ElasticDocument document) {}

    private final int mostDocuments;
    private final long mostBytes;
    private final Map<String, Waiting> all = new LinkedHashMap<>();
    private final Set<String> last = new LinkedHashSet<>();
    private long bytes;
    private int rested;

    /**
     * Empty.
     *
     * @param mostBytes as {@link ElasticDocument#size} counts them
     */
    WaitingDocuments(int mostDocuments, long mostBytes) {
        this.mostDocuments = mostDocuments;
        this.mostBytes = mostBytes;
    }

    /**
     * Takes a document, unless a newer one with its id waits.
     *
     * @return how many were given up for it
     */
    int add(ElasticDocument document, long now) {
        String key = document.key();
        Waiting known = all.get(key);
        if (known == null) {
            all.put(key, new Waiting(document, now));
            bytes += document.size();
        } else if (document.version() >= known.document.version()) {
            bytes += document.size() - known.document.size();
            known.document = document;
        } else {
            return 0;
        }
        if (document.last()) {
            last.add(key);
        }
        int given = 0;
        while ((all.size() > mostDocuments || bytes > mostBytes) && giveUpOne()) {
            given++;
        }
        return given;
    }

    /** Those that are under way may be stored at this moment, so others go. */
    private boolean giveUpOne() {
        Predicate<Waiting> waits = each -> !each.underWay;
        String key = first(last, waits);
        key = key == null ? first(all.keySet(), waits) : key;
        if (key == null) {
            return false;
        }
        forget(key);
        return true;
    }

    private @Nullable String first(Set<String> keys, Predicate<Waiting> which) {
        for (String key : keys) {
            Waiting waiting = all.get(key);
            if (waiting != null && which.test(waiting)) {
                return key;
            }
        }
        return null;
    }

    private void forget(String key) {
        Waiting gone = all.remove(key);
        last.remove(key);
        if (gone != null) {
            bytes -= gone.document.size();
            rested -= gone.rests > 0 ? 1 : 0;
        }
    }

    /**
     * Takes some to send, those that have waited longest first; at least one if any is to be had. Those that rested
     * come after the others, so that they cannot take all the room however slow the server is.
     */
    List<Sent> take(int most, long mostOfBytes, long now) {
        List<Sent> taken = new ArrayList<>();
        long size = take(each -> each.rests == 0, most, mostOfBytes, taken, 0);
        take(each -> each.rests > 0 && each.restsUntil - now <= 0, most, mostOfBytes, taken, size);
        return taken;
    }

    private long take(Predicate<Waiting> which, int most, long mostOfBytes, List<Sent> taken, long before) {
        long size = before;
        Iterator<Waiting> each = all.values().iterator();
        while (taken.size() < most && each.hasNext()) {
            Waiting waiting = each.next();
            if (waiting.underWay || !which.test(waiting)) {
                continue;
            }
            if (!taken.isEmpty() && size + waiting.document.size() > mostOfBytes) {
                break;
            }
            size += waiting.document.size();
            waiting.underWay = true;
            taken.add(new Sent(waiting, waiting.document));
        }
        return size;
    }

    /** Its fate is known; a newer one with its id that came meanwhile goes on waiting. */
    void settle(Sent sent) {
        sent.waiting.underWay = false;
        rested -= sent.waiting.rests > 0 ? 1 : 0;
        sent.waiting.rests = 0;
        sent.waiting.faults = 0;
        if (sent.waiting.document.equals(sent.document)) {
            forget(sent.document.key());
        }
    }

    /** It waits again, where it did before. */
    void takeBack(Sent sent) {
        sent.waiting.underWay = false;
    }

    /** It waits again, and is not taken before then. */
    void rest(Sent sent, long until) {
        takeBack(sent);
        rested += sent.waiting.rests == 0 ? 1 : 0;
        sent.waiting.rests++;
        sent.waiting.restsUntil = until;
    }

    /** All of them, those under way as well. */
    List<ElasticDocument> documents() {
        return all.values().stream().map(each -> each.document).toList();
    }

    int size() {
        return all.size();
    }

    /** Whether any had to rest, and its fate is not known since. */
    boolean anyRested() {
        return rested > 0;
    }

    /** What they weigh, as {@link ElasticDocument#size} counts it. */
    long bytes() {
        return bytes;
    }

    /** Since when the oldest waits; now where none does. */
    long oldest(long now) {
        Iterator<Waiting> each = all.values().iterator();
        return each.hasNext() ? each.next().since : now;
    }
}
