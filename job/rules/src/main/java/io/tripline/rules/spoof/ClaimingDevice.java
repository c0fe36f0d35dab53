package io.tripline.rules.spoof;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One device that claims addresses, and how it does: at most {@link #HISTORIES} addresses, the latest. */
final class ClaimingDevice {
    static final int HISTORIES = 32;

    private final Address firstAddress;
    private final Map<Address, ClaimHistory> claimHistories = new LinkedHashMap<>(2);
    private boolean several;
    private long lastSecond;

    ClaimingDevice(Address firstAddress) {
        this.firstAddress = firstAddress;
    }

    /** Notes that it claimed an address. */
    void claims(Address address, long second) {
        several |= !address.equals(firstAddress);
        lastSecond = second;
    }

    /** Whether it claimed more than one address. */
    boolean several() {
        return several;
    }

    long lastSecond() {
        return lastSecond;
    }

    /** By address, the latest last. */
    Map<Address, ClaimHistory> claimHistories() {
        return Collections.unmodifiableMap(claimHistories);
    }

    /** How it claims an address; null where nothing is known that is out of the ordinary. */
    @Nullable
    ClaimHistory known(Address address) {
        return claimHistories.get(address);
    }

    /** How it claims an address, from now on the latest. */
    ClaimHistory claimHistory(Address address) {
        ClaimHistory known = claimHistories.remove(address);
        ClaimHistory claimHistory = known == null ? new ClaimHistory() : known;
        claimHistories.put(address, claimHistory);
        if (claimHistories.size() > HISTORIES) {
            makeRoom();
        }
        return claimHistory;
    }

    /** Addresses that nobody else holds give way first. */
    private void makeRoom() {
        Iterator<ClaimHistory> eldest = claimHistories.values().iterator();
        for (int i = 1; i < claimHistories.size(); i++) {
            if (!eldest.next().held()) {
                eldest.remove();
                return;
            }
        }
        claimHistories.remove(claimHistories.keySet().iterator().next());
    }

    /** Whether it claimed others' addresses in ways that no incident has yet. */
    boolean hasMoreToTell() {
        return claimHistories.values().stream()
                .anyMatch(claimHistory -> claimHistory.suspect() && claimHistory.hasMoreToTell());
    }

    /** Forgets addresses not claimed since. */
    void forget(long micros) {
        claimHistories.values().removeIf(claimHistory -> claimHistory.last() < micros);
    }

    /** Forgets how it claimed. */
    void forget() {
        claimHistories.clear();
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(firstAddress.high());
        out.writeLong(firstAddress.low());
        out.writeBoolean(several);
        out.writeLong(lastSecond);
        out.writeInt(claimHistories.size());
        for (Map.Entry<Address, ClaimHistory> entry : claimHistories.entrySet()) {
            out.writeLong(entry.getKey().high());
            out.writeLong(entry.getKey().low());
            entry.getValue().write(out);
        }
    }

    static ClaimingDevice read(DataInput in) throws IOException {
        ClaimingDevice claimingDevice = new ClaimingDevice(new Address(in.readLong(), in.readLong()));
        claimingDevice.several = in.readBoolean();
        claimingDevice.lastSecond = in.readLong();
        for (int i = Stored.readSize(in, HISTORIES, "addresses of a device"); i > 0; i--) {
            claimingDevice.claimHistories.put(new Address(in.readLong(), in.readLong()), ClaimHistory.read(in));
        }
        return claimingDevice;
    }
}
