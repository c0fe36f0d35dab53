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

    final Solicitations solicitations;
    final SortedMap<Long, SpoofIncident> incidents = new TreeMap<>();
    private final Map<Address, AddressBindings> allBindings = new LinkedHashMap<>();
    private final Map<Long, ClaimingDevice> claimingDevices = new LinkedHashMap<>();
    private long forgotten;
    private long lastSecond;

    SegmentHistory() {
        this(new Solicitations());
    }

    private SegmentHistory(Solicitations solicitations) {
        this.solicitations = solicitations;
    }

    /** Who claims an address; null where nobody did. */
    @Nullable
    AddressBindings bindings(Address address) {
        return allBindings.get(address);
    }

    /** Who claims an address, from now on the latest. */
    AddressBindings claimed(Address address) {
        AddressBindings known = allBindings.remove(address);
        AddressBindings bindings = known == null ? new AddressBindings() : known;
        allBindings.put(address, bindings);
        if (allBindings.size() > ADDRESSES) {
            allBindings.remove(allBindings.keySet().iterator().next());
            forgotten++;
        }
        return bindings;
    }

    /** A device; null where nothing is known of it. */
    @Nullable
    ClaimingDevice claimingDevice(long device) {
        return claimingDevices.get(device);
    }

    /** A device, from now on the latest. */
    ClaimingDevice claimingDevice(long device, Address claims, long second) {
        ClaimingDevice known = claimingDevices.remove(device);
        ClaimingDevice claimingDevice = known == null ? new ClaimingDevice(claims) : known;
        claimingDevices.put(device, claimingDevice);
        claimingDevice.claims(claims, second);
        if (claimingDevices.size() > CLAIMANTS) {
            makeRoom();
        }
        return claimingDevice;
    }

    private void makeRoom() {
        Iterator<Long> eldest = claimingDevices.keySet().iterator();
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
        ClaimingDevice claimingDevice = claimingDevices.get(device);
        List<Map.Entry<Long, Address>> own = new ArrayList<>();
        allBindings.forEach((address, bindings) -> {
            ClaimHistory claimHistory = claimingDevice == null ? null : claimingDevice.known(address);
            AddressBindings.Holder holder = bindings.holder(device);
            if (holder != null
                    && holder.ordinary() > 0
                    && bindings.other(device) == null
                    && (claimHistory == null || !claimHistory.suspect())) {
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
        forgetHead(allBindings, second);
        Iterator<Map.Entry<Long, ClaimingDevice>> eldest =
                claimingDevices.entrySet().iterator();
        while (eldest.hasNext() && eldest.next().getValue().lastSecond() < second) {
            eldest.remove();
        }
        solicitations.forget(second);
    }

    private static void forgetHead(Map<Address, AddressBindings> allBindings, long second) {
        Iterator<AddressBindings> eldest = allBindings.values().iterator();
        while (eldest.hasNext() && eldest.next().lastSecond() < second) {
            eldest.remove();
        }
    }

    /** When there will be something to tell or to forget if nothing more happens; to forget, once an hour will do. */
    long wakeUp(long memory) {
        long eldest = allBindings.isEmpty()
                ? lastSecond
                : allBindings.values().iterator().next().lastSecond();
        long next = (Math.floorDiv(eldest + memory, HOUR) + 1) * HOUR;
        for (SpoofIncident incident : incidents.values()) {
            next = Math.min(next, incident.episode().wakeUp());
        }
        return next;
    }

    boolean isEmpty() {
        return allBindings.isEmpty() && claimingDevices.isEmpty() && incidents.isEmpty() && solicitations.isEmpty();
    }

    /** Devices, those heard of latest last. */
    Map<Long, ClaimingDevice> claimingDevices() {
        return Collections.unmodifiableMap(claimingDevices);
    }

    void write(DataOutput out) throws IOException {
        solicitations.write(out);
        out.writeLong(forgotten);
        out.writeLong(lastSecond);
        out.writeInt(allBindings.size());
        for (Map.Entry<Address, AddressBindings> entry : allBindings.entrySet()) {
            out.writeLong(entry.getKey().high());
            out.writeLong(entry.getKey().low());
            entry.getValue().write(out);
        }
        out.writeInt(claimingDevices.size());
        for (Map.Entry<Long, ClaimingDevice> entry : claimingDevices.entrySet()) {
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
        SegmentHistory history = new SegmentHistory(Solicitations.read(in));
        history.forgotten = in.readLong();
        history.lastSecond = in.readLong();
        for (int i = Stored.readSize(in, ADDRESSES, "addresses"); i > 0; i--) {
            history.allBindings.put(new Address(in.readLong(), in.readLong()), AddressBindings.read(in));
        }
        for (int i = Stored.readSize(in, CLAIMANTS, "devices"); i > 0; i--) {
            history.claimingDevices.put(in.readLong(), ClaimingDevice.read(in));
        }
        for (int i = Stored.readSize(in, INCIDENTS + 1, "incidents"); i > 0; i--) {
            history.incidents.put(in.readLong(), SpoofIncident.read(in));
        }
        return history;
    }
}
