package io.tripline.rules.spoof;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is remembered of one segment: who holds which address, who claims others', who asks for whom, and open incidents. Bounded. */
public final class SegmentHistory {
    /** Addresses remembered: a /16. */
    static final int ADDRESSES = 65_536;

    /** Devices remembered. */
    static final int CLAIMANTS = 4_096;

    /** Incidents open at a time; who comes later shares one. */
    static final int INCIDENTS = 32;

    private static final long HOUR = 3_600;

    final Questions questions;
    final SortedMap<Long, SpoofIncident> incidents = new TreeMap<>();
    private final Map<Address, Holding> holdings = new LinkedHashMap<>();
    private final Map<Long, Claimant> claimants = new LinkedHashMap<>();
    private long forgotten;
    private long lastSecond;

    SegmentHistory() {
        this(new Questions());
    }

    private SegmentHistory(Questions questions) {
        this.questions = questions;
    }

    /** Who claims an address; null where nobody did. */
    @Nullable
    Holding holding(Address address) {
        return holdings.get(address);
    }

    /** Who claims an address, from now on the latest. */
    Holding claimed(Address address) {
        Holding known = holdings.remove(address);
        Holding holding = known == null ? new Holding() : known;
        holdings.put(address, holding);
        if (holdings.size() > ADDRESSES) {
            holdings.remove(holdings.keySet().iterator().next());
            forgotten++;
        }
        return holding;
    }

    /** A device; null where nothing is known of it. */
    @Nullable
    Claimant claimant(long device) {
        return claimants.get(device);
    }

    /** A device, from now on the latest. */
    Claimant claimant(long device, Address claims, long second) {
        Claimant known = claimants.remove(device);
        Claimant claimant = known == null ? new Claimant(claims) : known;
        claimants.put(device, claimant);
        claimant.claims(claims, second);
        if (claimants.size() > CLAIMANTS) {
            makeRoom();
        }
        return claimant;
    }

    private void makeRoom() {
        Iterator<Long> eldest = claimants.keySet().iterator();
        while (eldest.hasNext()) {
            if (!incidents.containsKey(eldest.next())) {
                eldest.remove();
                forgotten++;
                return;
            }
        }
    }

    /** Addresses and devices that were forgotten for want of room. */
    public long forgotten() {
        return forgotten;
    }

    /** Addresses that a device holds alone, as holders do, the longest held first. */
    List<Address> own(long device, int limit) {
        Claimant claimant = claimants.get(device);
        List<Map.Entry<Long, Address>> own = new ArrayList<>();
        holdings.forEach((address, holding) -> {
            Taking taking = claimant == null ? null : claimant.known(address);
            Holding.Holder holder = holding.holder(device);
            if (holder != null
                    && holder.ordinary() > 0
                    && holding.other(device) == null
                    && (taking == null || !taking.suspect())) {
                own.add(Map.entry(holder.first, address));
            }
        });
        return own.stream()
                .sorted(Map.Entry.<Long, Address>comparingByKey().thenComparing(Map.Entry.comparingByValue()))
                .limit(limit)
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Notes that something was claimed or asked. */
    void seen(long second) {
        lastSecond = second;
    }

    /** Forgets what was not claimed or asked for since the second given. */
    void forget(long second) {
        forgetHead(holdings, second);
        Iterator<Map.Entry<Long, Claimant>> eldest = claimants.entrySet().iterator();
        while (eldest.hasNext() && eldest.next().getValue().lastSecond() < second) {
            eldest.remove();
        }
        questions.forget(second);
    }

    private static void forgetHead(Map<Address, Holding> holdings, long second) {
        Iterator<Holding> eldest = holdings.values().iterator();
        while (eldest.hasNext() && eldest.next().lastSecond() < second) {
            eldest.remove();
        }
    }

    /** When there will be something to tell or to forget if nothing more happens; to forget, once an hour will do. */
    long wakeUp(long memory) {
        long eldest = holdings.isEmpty()
                ? lastSecond
                : holdings.values().iterator().next().lastSecond();
        long next = (Math.floorDiv(eldest + memory, HOUR) + 1) * HOUR;
        for (SpoofIncident incident : incidents.values()) {
            next = Math.min(next, incident.episode().wakeUp());
        }
        return next;
    }

    boolean isEmpty() {
        return holdings.isEmpty() && claimants.isEmpty() && incidents.isEmpty() && questions.isEmpty();
    }

    /** Devices, those heard of latest last. */
    Map<Long, Claimant> claimants() {
        return Collections.unmodifiableMap(claimants);
    }

    void write(DataOutput out) throws IOException {
        questions.write(out);
        out.writeLong(forgotten);
        out.writeLong(lastSecond);
        out.writeInt(holdings.size());
        for (Map.Entry<Address, Holding> entry : holdings.entrySet()) {
            out.writeLong(entry.getKey().high());
            out.writeLong(entry.getKey().low());
            entry.getValue().write(out);
        }
        out.writeInt(claimants.size());
        for (Map.Entry<Long, Claimant> entry : claimants.entrySet()) {
            out.writeLong(entry.getKey());
            entry.getValue().write(out);
        }
        out.writeInt(incidents.size());
        for (Map.Entry<Long, SpoofIncident> entry : incidents.entrySet()) {
            out.writeLong(entry.getKey());
            entry.getValue().write(out);
        }
    }

    static SegmentHistory read(DataInput in) throws IOException {
        SegmentHistory history = new SegmentHistory(Questions.read(in));
        history.forgotten = in.readLong();
        history.lastSecond = in.readLong();
        for (int i = Stored.readSize(in, ADDRESSES, "addresses"); i > 0; i--) {
            history.holdings.put(new Address(in.readLong(), in.readLong()), Holding.read(in));
        }
        for (int i = Stored.readSize(in, CLAIMANTS, "devices"); i > 0; i--) {
            history.claimants.put(in.readLong(), Claimant.read(in));
        }
        for (int i = Stored.readSize(in, INCIDENTS + 1, "incidents"); i > 0; i--) {
            history.incidents.put(in.readLong(), SpoofIncident.read(in));
        }
        return history;
    }
}
