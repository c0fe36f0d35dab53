package io.tripline.rules.spoof;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who asked for whom on one segment: each question of the last seconds, which tells asked claims from unasked ones, and who ever asked for an
 * address, which tells the gateway.
 */
final class Solicitations {
    /** A question is open for so long, seconds; hosts repeat it each second (RFC 4861, 10). */
    static final int OPEN_SECONDS = 3;

    private static final int ASKED = 4_096;
    private static final int ASKERS = 16;

    /** Fewer askers make no gateway. */
    private static final int GATEWAY_ASKERS = 2;

    private final SortedMap<Long, SortedMap<Solicitation, Long>> open = new TreeMap<>();
    private final Map<Address, Set<Long>> probed = new HashMap<>();
    private final Map<Address, Askers> askers = new LinkedHashMap<>();

    private static final class Askers {
        private final TreeSet<Long> macs = new TreeSet<>();
        private long lastSecond;
    }

    /** Takes in a second; seconds come in order. */
    void add(SegmentSecond part) {
        if (!part.asks().isEmpty()) {
            open.put(part.second(), new TreeMap<>(part.asks()));
        }
        expire(part.second());
        part.asks().keySet().stream()
                .filter(ask -> !ask.probe())
                .sorted((a, b) -> a.asked().equals(b.asked())
                        ? Long.compare(a.asker(), b.asker())
                        : a.asked().compareTo(b.asked()))
                .forEach(ask -> askedFor(ask, part.second()));
    }

    /** Forgets questions that are open no more. */
    void expire(long second) {
        open.headMap(second - OPEN_SECONDS + 1).clear();
        probed.clear();
        open.values().forEach(this::probes);
    }

    private void probes(SortedMap<Solicitation, Long> asks) {
        for (Solicitation ask : asks.keySet()) {
            if (ask.probe()) {
                probed.computeIfAbsent(ask.asked(), address -> new TreeSet<>()).add(ask.asker());
            }
        }
    }

    private void askedFor(Solicitation ask, long second) {
        Askers known = askers.remove(ask.asked());
        if (known == null && askers.size() >= ASKED) {
            makeRoom();
        }
        Askers of = known == null ? new Askers() : known;
        of.lastSecond = second;
        if (of.macs.size() < ASKERS) {
            of.macs.add(ask.asker());
        }
        askers.put(ask.asked(), of);
    }

    /** What one host alone asked for, as a sweep does, gives way first. */
    private void makeRoom() {
        Iterator<Askers> eldest = askers.values().iterator();
        while (eldest.hasNext()) {
            if (eldest.next().macs.size() < GATEWAY_ASKERS) {
                eldest.remove();
                return;
            }
        }
        Iterator<Address> any = askers.keySet().iterator();
        any.next();
        any.remove();
    }

    /** How often a host asked for an address in the last seconds. */
    long asked(long asker, Address address) {
        Solicitation question = new Solicitation(asker, address, false);
        Solicitation probe = new Solicitation(asker, address, true);
        long times = 0;
        for (SortedMap<Solicitation, Long> asks : open.values()) {
            times += asks.getOrDefault(question, 0L) + asks.getOrDefault(probe, 0L);
        }
        return times;
    }

    /** Whether somebody else tried in the last seconds whether the address is free. */
    boolean probedByOther(long device, Address address) {
        return probed.getOrDefault(address, Set.of()).stream().anyMatch(asker -> asker != device);
    }

    /** The least number of askers that make an address a gateway's; a device's own questions do not count. */
    int gatewayAskers(long device) {
        int most = GATEWAY_ASKERS;
        for (Askers of : askers.values()) {
            most = Math.max(most, count(of, device));
        }
        return most;
    }

    /** How many other hosts ever asked for an address, at most {@link #ASKERS}. */
    int askers(Address address, long device) {
        Askers of = askers.get(address);
        return of == null ? 0 : count(of, device);
    }

    private static int count(Askers of, long device) {
        return of.macs.size() - (of.macs.contains(device) ? 1 : 0);
    }

    /** Forgets addresses nobody asked for since. */
    void forget(long second) {
        askers.values().removeIf(of -> of.lastSecond < second);
    }

    boolean isEmpty() {
        return open.isEmpty() && askers.isEmpty();
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(open.size());
        for (Map.Entry<Long, SortedMap<Solicitation, Long>> second : open.entrySet()) {
            out.writeLong(second.getKey());
            out.writeInt(second.getValue().size());
            for (Map.Entry<Solicitation, Long> ask : second.getValue().entrySet()) {
                ask.getKey().write(out);
                out.writeLong(ask.getValue());
            }
        }
        out.writeInt(askers.size());
        for (Map.Entry<Address, Askers> entry : askers.entrySet()) {
            out.writeLong(entry.getKey().high());
            out.writeLong(entry.getKey().low());
            out.writeLong(entry.getValue().lastSecond);
            out.writeInt(entry.getValue().macs.size());
            for (long mac : entry.getValue().macs) {
                out.writeLong(mac);
            }
        }
    }

    static Solicitations read(DataInput in) throws IOException {
        Solicitations solicitations = new Solicitations();
        for (int i = Stored.readSize(in, OPEN_SECONDS, "seconds of questions"); i > 0; i--) {
            SortedMap<Solicitation, Long> asks = new TreeMap<>();
            solicitations.open.put(in.readLong(), asks);
            for (int n = Stored.readSize(in, SegmentSecond.CLAIMS, "questions"); n > 0; n--) {
                asks.put(Solicitation.read(in), in.readLong());
            }
            solicitations.probes(asks);
        }
        for (int i = Stored.readSize(in, ASKED, "addresses asked for"); i > 0; i--) {
            Askers of = new Askers();
            solicitations.askers.put(new Address(in.readLong(), in.readLong()), of);
            of.lastSecond = in.readLong();
            for (int n = Stored.readSize(in, ASKERS, "askers"); n > 0; n--) {
                of.macs.add(in.readLong());
            }
        }
        return solicitations;
    }
}
