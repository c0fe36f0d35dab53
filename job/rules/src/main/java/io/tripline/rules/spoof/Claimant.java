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

/** One device that claims addresses, and how it does: at most {@link #TAKINGS} addresses, the latest. */
final class Claimant {
    static final int TAKINGS = 32;

    private final Address firstAddress;
    private final Map<Address, Taking> takings = new LinkedHashMap<>(2);
    private boolean several;
    private long lastSecond;

    Claimant(Address firstAddress) {
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
    Map<Address, Taking> takings() {
        return Collections.unmodifiableMap(takings);
    }

    /** How it claims an address; null where nothing is known that is out of the ordinary. */
    @Nullable
    Taking known(Address address) {
        return takings.get(address);
    }

    /** How it claims an address, from now on the latest. */
    Taking taking(Address address) {
        Taking known = takings.remove(address);
        Taking taking = known == null ? new Taking() : known;
        takings.put(address, taking);
        if (takings.size() > TAKINGS) {
            makeRoom();
        }
        return taking;
    }

    /** Addresses that nobody else holds give way first. */
    private void makeRoom() {
        Iterator<Taking> eldest = takings.values().iterator();
        for (int i = 1; i < takings.size(); i++) {
            if (!eldest.next().held()) {
                eldest.remove();
                return;
            }
        }
        takings.remove(takings.keySet().iterator().next());
    }

    /** Whether it claimed others' addresses in ways that no incident has yet. */
    boolean hasMoreToTell() {
        return takings.values().stream().anyMatch(taking -> taking.suspect() && taking.hasMoreToTell());
    }

    /** Forgets addresses not claimed since. */
    void forget(long micros) {
        takings.values().removeIf(taking -> taking.last() < micros);
    }

    /** Forgets how it claimed. */
    void forget() {
        takings.clear();
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(firstAddress.high());
        out.writeLong(firstAddress.low());
        out.writeBoolean(several);
        out.writeLong(lastSecond);
        out.writeInt(takings.size());
        for (Map.Entry<Address, Taking> entry : takings.entrySet()) {
            out.writeLong(entry.getKey().high());
            out.writeLong(entry.getKey().low());
            entry.getValue().write(out);
        }
    }

    static Claimant read(DataInput in) throws IOException {
        Claimant claimant = new Claimant(new Address(in.readLong(), in.readLong()));
        claimant.several = in.readBoolean();
        claimant.lastSecond = in.readLong();
        for (int i = Stored.readSize(in, TAKINGS, "addresses of a device"); i > 0; i--) {
            claimant.takings.put(new Address(in.readLong(), in.readLong()), Taking.read(in));
        }
        return claimant;
    }
}
