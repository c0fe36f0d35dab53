package io.tripline.sensor.flow;

import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.ProtocolTotal;
import io.tripline.sensor.decode.PacketView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Packets and bytes of one batch by protocol. Names are looked up only when the batch closes. */
final class ProtocolTotals {
    private static final int DNS = IpProtocol.ARP + 1;
    private static final int NUMBERED = DNS + 1;

    /** Different EtherTypes that one batch can hold; one more closes it. */
    private static final int ETHER_TYPES = 64;

    private static final String[] NAMES = names();

    private final long[] packets = new long[NUMBERED + ETHER_TYPES];
    private final long[] bytes = new long[NUMBERED + ETHER_TYPES];
    private final int[] etherTypes = new int[ETHER_TYPES];
    private int etherTypeCount;

    void add(PacketView view, int length) {
        int index;
        if (view.protocol < 0) {
            index = NUMBERED + etherType(view.etherType & 0xffff);
        } else {
            index = view.dns != null ? DNS : view.protocol;
        }
        packets[index]++;
        bytes[index] += length;
    }

    /** Whether another packet may find no room. */
    boolean full() {
        return etherTypeCount == ETHER_TYPES;
    }

    /** The totals as the schema wants them; starts again from 0. */
    List<ProtocolTotal> take() {
        List<ProtocolTotal> totals = new ArrayList<>();
        for (int index = 0; index < NUMBERED + etherTypeCount; index++) {
            if (packets[index] > 0) {
                totals.add(new ProtocolTotal(name(index), packets[index], bytes[index]));
            }
        }
        Arrays.fill(packets, 0);
        Arrays.fill(bytes, 0);
        etherTypeCount = 0;
        return totals;
    }

    private int etherType(int type) {
        for (int i = 0; i < etherTypeCount; i++) {
            if (etherTypes[i] == type) {
                return i;
            }
        }
        etherTypes[etherTypeCount] = type;
        return etherTypeCount++;
    }

    private String name(int index) {
        if (index < NUMBERED) {
            return NAMES[index];
        }
        String hex = Integer.toHexString(etherTypes[index - NUMBERED]);
        return "ethertype-0x" + "0".repeat(4 - hex.length()) + hex;
    }

    private static String[] names() {
        String[] names = new String[NUMBERED];
        Arrays.setAll(names, number -> "ip-" + number);
        names[IpProtocol.ICMP] = "icmp";
        names[IpProtocol.TCP] = "tcp";
        names[IpProtocol.UDP] = "udp";
        names[IpProtocol.ICMPV6] = "icmpv6";
        names[IpProtocol.SCTP] = "sctp";
        names[IpProtocol.ARP] = "arp";
        names[DNS] = "dns";
        return names;
    }
}
