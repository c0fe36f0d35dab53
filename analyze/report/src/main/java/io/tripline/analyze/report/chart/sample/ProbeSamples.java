package io.tripline.analyze.report.chart.sample;

import io.tripline.rules.incident.Probing;
import io.tripline.schemas.Conversation;
import io.tripline.schemas.Hash;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who tried which ports of whom, for maps of scans. Which of it was a scan is known only later, so pairs of hosts are
 * remembered: those with many ports for good, the others for as long as there is room, those first that were quiet for
 * longest.
 *
 * <p>Memory: {@link #BUSY} pairs with at most 200 kB each, and twice {@link #RECENT} pairs with at most 2 kB each.
 */
final class ProbeSamples {
    /** Pairs of hosts with many ports. */
    private static final int BUSY = 128;

    /** Other pairs until the next clearance. */
    private static final int RECENT = 4_096;

    /**
     * Options of a SYN that operating systems send and packet crafters mostly leave out: window scale, SACK permitted,
     * timestamps.
     */
    private static final int STACK_OPTIONS = 2 | 4 | 16;

    /** More ports of one host than an ordinary client asks for. */
    private static final int MANY = 16;

    private final Long2ObjectHashMap<ProbedPair> busy = new Long2ObjectHashMap<>();
    private Long2ObjectHashMap<ProbedPair> recent = new Long2ObjectHashMap<>();
    private Long2ObjectHashMap<ProbedPair> before = new Long2ObjectHashMap<>();
    private @Nullable ProbedPair last;

    void add(PacketBatch batch, PacketRecord packet) {
        Technique technique = packet.getTechnique();
        if (!hasPorts(technique)) {
            return;
        }
        long time = batch.getTime() - batch.getClockShift() + packet.getTime();
        Conversation about = packet.getAbout();
        if (about != null) {
            answer(
                    pair(
                            about.getInitiatorHigh(),
                            about.getInitiatorLow(),
                            about.getResponderHigh(),
                            about.getResponderLow()),
                    about.getProtocol(),
                    about.getResponderPort(),
                    packet,
                    time);
            return;
        }
        boolean forth = packet.getFromInitiator();
        ProbedPair pair = forth
                ? pair(
                        packet.getSourceHigh(),
                        packet.getSourceLow(),
                        packet.getDestinationHigh(),
                        packet.getDestinationLow())
                : pair(
                        packet.getDestinationHigh(),
                        packet.getDestinationLow(),
                        packet.getSourceHigh(),
                        packet.getSourceLow());
        int port = forth ? packet.getDestinationPort() : packet.getSourcePort();
        if (forth && isProbe(packet.getRole())) {
            pair.probe(
                    packet.getProtocol(),
                    port(technique, packet.getProtocol(), port),
                    probing(packet),
                    time,
                    batch.getAnswersVisible());
            promote(pair);
        } else {
            answer(pair, packet.getProtocol(), port, packet, time);
        }
    }

    private static void answer(ProbedPair pair, int protocol, int port, PacketRecord packet, long time) {
        Technique technique = packet.getTechnique();
        if (packet.getOutcome() != Outcome.NONE) {
            pair.answer(protocol, port(technique, protocol, port), Probing.of(technique), time, packet.getOutcome());
        }
    }

    /** A SYN as an operating system makes it is a connect scan's, others are a SYN scan's. */
    private static Probing probing(PacketRecord packet) {
        boolean connect = packet.getTechnique() == Technique.SYN && (packet.getTcpOptions() & STACK_OPTIONS) != 0;
        return connect ? Probing.CONNECT : Probing.of(packet.getTechnique());
    }

    private static int port(Technique technique, int protocol, int port) {
        return technique == Technique.IP_PROTOCOL ? protocol : port;
    }

    private static boolean hasPorts(Technique technique) {
        return switch (technique) {
            case NONE, ICMP, ARP, NDP -> false;
            default -> true;
        };
    }

    private static boolean isProbe(Role role) {
        return role == Role.FIRST || role == Role.REPEAT || role == Role.ORPHAN;
    }

    /** What is remembered of two hosts; packets of one pair mostly come together. */
    private ProbedPair pair(long fromHigh, long fromLow, long toHigh, long toLow) {
        ProbedPair same = last;
        if (same != null && same.is(fromHigh, fromLow, toHigh, toLow)) {
            return same;
        }
        long hash = Hash.mix(Hash.mix(fromHigh, fromLow), Hash.mix(toHigh, toLow));
        ProbedPair pair = known(hash);
        if (pair == null || !pair.is(fromHigh, fromLow, toHigh, toLow)) {
            pair = new ProbedPair(hash, fromHigh, fromLow, toHigh, toLow);
            if (recent.size() >= RECENT) {
                before = recent;
                recent = new Long2ObjectHashMap<>();
            }
            recent.put(hash, pair);
        }
        last = pair;
        return pair;
    }

    private @Nullable ProbedPair known(long hash) {
        ProbedPair pair = busy.get(hash);
        if (pair != null) {
            return pair;
        }
        pair = recent.get(hash);
        if (pair == null) {
            pair = before.remove(hash);
            if (pair != null) {
                recent.put(hash, pair);
            }
        }
        return pair;
    }

    private void promote(ProbedPair pair) {
        if (pair.distinct() == MANY + 1 && recent.remove(pair.hash()) != null) {
            if (busy.size() >= BUSY) {
                makeRoom();
            }
            busy.put(pair.hash(), pair);
        }
    }

    /** Forgets the half with fewest ports, so that those who come have time to grow. */
    private void makeRoom() {
        List<ProbedPair> pairs = new ArrayList<>(busy.values());
        pairs.sort(Comparator.comparingLong(ProbedPair::distinct).thenComparingLong(ProbedPair::hash));
        pairs.subList(0, BUSY / 2).forEach(least -> busy.remove(least.hash()));
        last = null;
    }

    /** All that is remembered, in no particular order. */
    List<ProbedPair> pairs() {
        List<ProbedPair> pairs = new ArrayList<>(busy.values());
        pairs.addAll(recent.values());
        pairs.addAll(before.values());
        return pairs;
    }
}
