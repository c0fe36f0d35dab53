package io.tripline.sensor.flow;

import io.tripline.schemas.Address;
import io.tripline.sensor.decode.PacketView;

/** To whom an address reaches: one host, a group, or nobody. */
final class Reach {
    private static final long GROUP_BIT = 1L << 40;

    private Reach() {}

    /** Multicast (RFC 1112, RFC 4291, 2.7) or the limited broadcast. */
    static boolean isGroup(long high, long low) {
        if (Address.isIpv4(high, low)) {
            int address = (int) low;
            return address >>> 28 == 14 || address == -1;
        }
        return high >>> 56 == 0xff;
    }

    /** 0.0.0.0 or ::. */
    static boolean isUnspecified(long high, long low) {
        return high == 0 && (low == 0 || low == Address.mapIpv4(0));
    }

    /** Whether a host can have sent from this address. */
    static boolean isHost(long high, long low) {
        return !isGroup(high, low) && !isUnspecified(high, low);
    }

    /** Whether the packet goes to a group, by its address or, for a directed broadcast, by its frame (RFC 919). */
    static boolean toGroup(PacketView view) {
        return isGroup(view.destinationHigh, view.destinationLow) || (view.linkDestination & GROUP_BIT) != 0;
    }
}
