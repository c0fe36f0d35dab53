package io.tripline.analyze.report.chart.sample;

import io.tripline.rules.network.Service;
import io.tripline.rules.traffic.ConversationTable;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What each source sent in its busiest minute in conversations that it began, as far as minutes list conversations.
 * Minutes are the clock's, while the rule about volumes slides by seconds. Memory: about 100 bytes for each of at most
 * {@link #SOURCES} sources, twice as many between two looks.
 */
public final class VolumeSamples {
    static final int SOURCES = 10_000;

    /** What goes to all or to a group leaves nobody. */
    private static final int FIRST_GROUP_NIBBLE = 0xe;

    /**
     * The most of a minute, each for itself.
     *
     * @param bytes bytes on the wire
     * @param beyond bytes more than what came back, conversation by conversation
     */
    public record Most(long packets, long bytes, long beyond) {
        private Most larger(Most other) {
            return new Most(
                    Math.max(packets, other.packets), Math.max(bytes, other.bytes), Math.max(beyond, other.beyond));
        }

        private Most plus(Most other) {
            return new Most(packets + other.packets, bytes + other.bytes, beyond + other.beyond);
        }
    }

    private final Map<Address, Most> sources = new HashMap<>();
    private boolean someForgotten;

    /** Adds a minute, or a part of one that counts for itself. */
    public void add(TrafficMinute minute) {
        ConversationTable table = minute.conversations();
        Map<Address, Most> ofMinute = new HashMap<>();
        for (int row = 0; row < table.size(); row++) {
            if (carriesData(table, row) && table.packetsOut(row) > 0) {
                long beyond = Math.max(0, table.bytesOut(row) - table.bytesIn(row));
                ofMinute.merge(
                        table.initiator(row), new Most(table.packetsOut(row), table.bytesOut(row), beyond), Most::plus);
            }
        }
        someForgotten |= table.others().packets() > 0;
        ofMinute.forEach((source, most) -> sources.merge(source, most, Most::larger));
        if (sources.size() > 2 * SOURCES) {
            List<Address> kept = busiest().subList(0, SOURCES);
            sources.keySet().retainAll(new HashSet<>(kept));
            someForgotten = true;
        }
    }

    private static boolean carriesData(ConversationTable table, int row) {
        Address to = table.responder(row);
        boolean group = to.isIpv4() ? (to.low() >>> 28 & 0xf) >= FIRST_GROUP_NIBBLE : to.high() >>> 56 == 0xff;
        return !group
                && Service.transport(table.service(row)) != IpProtocol.ARP
                && !table.initiator(row).isMac();
    }

    /** Sources by bytes, the most first; ties by address. */
    List<Address> busiest() {
        List<Map.Entry<Address, Most>> all = new ArrayList<>(sources.entrySet());
        all.sort(Comparator.<Map.Entry<Address, Most>>comparingLong(
                        source -> -source.getValue().bytes())
                .thenComparing(Map.Entry::getKey));
        return all.stream().map(Map.Entry::getKey).toList();
    }

    Most of(Address source) {
        return sources.getOrDefault(source, new Most(0, 0, 0));
    }

    /** Whether there was more than is told apart. */
    boolean sampled() {
        return someForgotten;
    }
}
