package io.tripline.rules.tunnel.dns;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.sketch.Overlap;
import io.tripline.schemas.Address;
import io.tripline.schemas.Dns;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Types asked for, servers asked and refusals, of names that look encoded. The lowest {@link #TYPES} types and {@link #SERVERS} servers are kept. */
public final class NameTotals {
    private static final int TYPES = 16;
    private static final int SERVERS = 8;
    private static final int NO_SUCH_NAME = 3;

    private final SortedMap<Integer, Long> types = new TreeMap<>();
    private final SortedSet<Address> servers = new TreeSet<>();
    private long refused;

    void add(Dns dns, Address server) {
        if (dns.getResponse()) {
            refused += dns.getResponseCode() == NO_SUCH_NAME ? 1 : 0;
        }
        count(dns.getType(), 1);
        server(server);
    }

    public void addAll(NameTotals other) {
        other.types.forEach(this::count);
        other.servers.forEach(this::server);
        refused += other.refused;
    }

    /** Adds what another sensor saw, of which so much is the same. */
    void combine(NameTotals other, Overlap overlap) {
        other.types.forEach(
                (type, messages) -> types.put(type, overlap.combine(types.getOrDefault(type, 0L), messages)));
        while (types.size() > TYPES) {
            types.remove(types.lastKey());
        }
        other.servers.forEach(this::server);
        refused = overlap.combine(refused, other.refused);
    }

    private void count(int type, long messages) {
        types.merge(type, messages, Long::sum);
        if (types.size() > TYPES) {
            types.remove(types.lastKey());
        }
    }

    private void server(Address server) {
        servers.add(server);
        if (servers.size() > SERVERS) {
            servers.remove(servers.last());
        }
    }

    /** Messages by the record type asked for. */
    public SortedMap<Integer, Long> types() {
        return Collections.unmodifiableSortedMap(types);
    }

    /** Messages that asked for a type which carries data. */
    public long odd() {
        return types.entrySet().stream()
                .filter(type -> NameReader.isOdd(type.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Who was asked. */
    public SortedSet<Address> servers() {
        return Collections.unmodifiableSortedSet(servers);
    }

    /** Answers that the name does not exist. */
    public long refused() {
        return refused;
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(types.size());
        for (Map.Entry<Integer, Long> type : types.entrySet()) {
            out.writeInt(type.getKey());
            out.writeLong(type.getValue());
        }
        out.writeInt(servers.size());
        for (Address server : servers) {
            out.writeLong(server.high());
            out.writeLong(server.low());
        }
        out.writeLong(refused);
    }

    public static NameTotals read(DataInput in) throws IOException {
        NameTotals totals = new NameTotals();
        for (int i = Stored.readSize(in, TYPES, "types"); i > 0; i--) {
            totals.types.put(in.readInt(), in.readLong());
        }
        for (int i = Stored.readSize(in, SERVERS, "servers"); i > 0; i--) {
            totals.servers.add(new Address(in.readLong(), in.readLong()));
        }
        totals.refused = in.readLong();
        return totals;
    }
}
