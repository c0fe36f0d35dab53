package io.tripline.rules.spoof;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who claims one address on a segment: at most {@link #HOLDERS} MAC addresses, those heard of latest. */
final class AddressBindings {
    static final int HOLDERS = 4;

    private final List<Holder> holders = new ArrayList<>(1);
    private long lastSecond;

    /** One MAC address at which the address is said to be. Times are stream times, microseconds. */
    static final class Holder {
        final long mac;
        final long device;
        final long first;
        private long ordinary;
        private long lastOrdinary = Long.MIN_VALUE;
        private long lastAnswer = Long.MIN_VALUE;
        private long last;

        private Holder(long mac, long device, long first) {
            this.mac = mac;
            this.device = device;
            this.first = first;
            this.last = first;
        }

        /** Notes that it claimed the address as every holder does: answering, or in passing. */
        void ordinary(long packets, long at, boolean answer) {
            ordinary += packets;
            lastOrdinary = Math.max(lastOrdinary, at);
            if (answer) {
                lastAnswer = Math.max(lastAnswer, at);
            }
        }

        /** How often it claimed the address as every holder does. */
        long ordinary() {
            return ordinary;
        }

        long lastOrdinary() {
            return lastOrdinary;
        }

        /** {@link Long#MIN_VALUE} where it never answered. */
        long lastAnswer() {
            return lastAnswer;
        }
    }

    List<Holder> holders() {
        return Collections.unmodifiableList(holders);
    }

    long lastSecond() {
        return lastSecond;
    }

    /** The one with this MAC address; null where there is none. */
    @Nullable
    Holder holder(long mac) {
        for (Holder holder : holders) {
            if (holder.mac == mac) {
                return holder;
            }
        }
        return null;
    }

    /** The one with this MAC address, a new one if need be, which was heard of in the second given. */
    Holder claimed(long mac, long device, long second, long at) {
        lastSecond = second;
        Holder holder = holder(mac);
        if (holder == null) {
            if (holders.size() == HOLDERS) {
                holders.remove(weakest());
            }
            holder = new Holder(mac, device, at);
            holders.add(holder);
        }
        holder.last = Math.max(holder.last, at);
        return holder;
    }

    /** Who only claims gives way before who answers. */
    private Holder weakest() {
        Holder weakest = holders.get(0);
        for (Holder holder : holders) {
            boolean weaker = holder.ordinary == 0
                    ? weakest.ordinary > 0 || holder.last < weakest.last
                    : weakest.ordinary > 0 && holder.last < weakest.last;
            weakest = weaker ? holder : weakest;
        }
        return weakest;
    }

    /** Somebody else who holds the address as holders do, the earliest first; null where there is none. */
    @Nullable
    Holder other(long device) {
        Holder other = null;
        for (Holder holder : holders) {
            if (holder.device != device
                    && holder.mac != device
                    && holder.ordinary > 0
                    && (other == null || holder.first < other.first)) {
                other = holder;
            }
        }
        return other;
    }

    /** How often a device claimed the address as holders do. */
    long ordinary(long device) {
        long sum = 0;
        for (Holder holder : holders) {
            sum += holder.device == device ? holder.ordinary : 0;
        }
        return sum;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(lastSecond);
        out.writeInt(holders.size());
        for (Holder holder : holders) {
            out.writeLong(holder.mac);
            out.writeLong(holder.device);
            out.writeLong(holder.first);
            out.writeLong(holder.ordinary);
            out.writeLong(holder.lastOrdinary);
            out.writeLong(holder.lastAnswer);
            out.writeLong(holder.last);
        }
    }

    static AddressBindings read(DataInput in) throws IOException {
        AddressBindings bindings = new AddressBindings();
        bindings.lastSecond = in.readLong();
        for (int i = Stored.readSize(in, HOLDERS, "holders"); i > 0; i--) {
            Holder holder = new Holder(in.readLong(), in.readLong(), in.readLong());
            holder.ordinary = in.readLong();
            holder.lastOrdinary = in.readLong();
            holder.lastAnswer = in.readLong();
            holder.last = in.readLong();
            bindings.holders.add(holder);
        }
        return bindings;
    }
}
