package io.tripline.rules.intel;

import io.tripline.rules.engine.SecondFold;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import io.tripline.schemas.Dns;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.Volume;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Finds contacts with what is listed: addresses at either end of a conversation, and names that are asked for by DNS.
 *
 * <p>Cost: two look-ups a record or volume in a cache of {@link #CACHED} addresses, since the same few come again and again; behind it one probe
 * of the index for each prefix length that is listed. Only what is listed takes an object. Memory: the index, 64 KiB, and at most {@link #PARTS}
 * parts between two flushes.
 *
 * <p>Who can send packets under any address can send them under listed ones. Of those who are listed, began, and got no answer, the first
 * {@link #UNANSWERED} of a second are followed; the others are counted.
 */
public final class IntelFold extends SecondFold<IntelKey, IntelContact> {
    private static final int PARTS = 16_384;
    private static final int CACHED = 1 << 12;

    /** Most sensors see few addresses, and there may be thousands of them. */
    private static final int CACHED_FIRST = 1 << 6;

    /** In each second. */
    static final int UNANSWERED = 256;

    private static final int UNKNOWN = -2;
    private static final int NO_ERROR = 0;

    private final IntelIndex index;
    private long[] highs = new long[0];
    private long[] lows = highs;
    private int[] found = new int[0];
    private int missed;

    public IntelFold(IntelIndex index, Consumer<? super IntelContact> parts) {
        super(new Limit(parts), PARTS);
        this.index = index;
        cache(CACHED_FIRST);
    }

    /** Passes on what is worth following. */
    private static final class Limit implements Consumer<IntelContact> {
        private final Consumer<? super IntelContact> parts;
        private long second = Long.MIN_VALUE;
        private int unanswered;

        Limit(Consumer<? super IntelContact> parts) {
            this.parts = parts;
        }

        @Override
        public void accept(IntelContact part) {
            if (part.second() > second) {
                second = part.second();
                unanswered = 0;
            }
            if (!part.subject().begunByListed() || part.answers() > 0 || ++unanswered <= UNANSWERED) {
                parts.accept(part);
            }
        }
    }

    @Override
    protected IntelContact newPart(IntelKey subject, long inSecond) {
        return new IntelContact(subject, inSecond);
    }

    @Override
    public void add(PacketBatch batch) {
        for (PacketRecord packet : batch.getRecords()) {
            if (packet.getProtocol() != IpProtocol.ARP && packet.getArp() == null && packet.getAbout() == null) {
                int source = find(packet.getSourceHigh(), packet.getSourceLow());
                int destination = find(packet.getDestinationHigh(), packet.getDestinationLow());
                if (source >= 0) {
                    add(batch, packet, source, packet.getFromInitiator());
                }
                if (destination >= 0) {
                    add(batch, packet, destination, !packet.getFromInitiator());
                }
                Dns dns = packet.getDns();
                if (dns != null && index.hasDomains()) {
                    add(batch, packet, dns);
                }
            }
        }
        for (Volume volume : batch.getVolumes()) {
            int initiator = find(volume.getInitiatorHigh(), volume.getInitiatorLow());
            int responder = find(volume.getResponderHigh(), volume.getResponderLow());
            if (initiator >= 0) {
                add(batch, volume, initiator, true);
            }
            if (responder >= 0) {
                add(batch, volume, responder, false);
            }
        }
    }

    private void add(PacketBatch batch, PacketRecord packet, int entry, boolean begunByListed) {
        Address source = new Address(packet.getSourceHigh(), packet.getSourceLow());
        Address destination = new Address(packet.getDestinationHigh(), packet.getDestinationLow());
        boolean fromActor = packet.getFromInitiator();
        long time = batch.getTime() + packet.getTime();
        IntelContact part = part(key(fromActor ? source : destination, entry, begunByListed), time);
        part.add(fromActor, 1, packet.getLength(), batch.getSensor(), batch.getClockShift());
        part.note(time, batch.getFirstFrame() + packet.getFrame());
        int port = fromActor ? packet.getDestinationPort() : packet.getSourcePort();
        int service = Service.of(packet.getProtocol(), port);
        part.with(
                fromActor ? destination : source,
                Service.hasPort(service) ? service : Service.of(packet.getProtocol(), 0));
        if (packet.getRole() == Role.FIRST) {
            part.tried();
        }
        if (packet.getOutcome() == Outcome.OPEN || packet.getRole() == Role.ESTABLISHED) {
            part.answered();
        } else if (packet.getOutcome() == Outcome.CLOSED) {
            part.refused();
        }
    }

    /** A question for a listed name is the asker's contact with it; whom it asks says nothing. */
    private void add(PacketBatch batch, PacketRecord packet, Dns dns) {
        int entry = index.findDomain(dns.getName());
        if (entry < 0) {
            return;
        }
        boolean question = !dns.getResponse();
        Address asker = question
                ? new Address(packet.getSourceHigh(), packet.getSourceLow())
                : new Address(packet.getDestinationHigh(), packet.getDestinationLow());
        long time = batch.getTime() + packet.getTime();
        IntelContact part = part(key(asker, entry, false), time);
        part.add(question, 1, packet.getLength(), batch.getSensor(), batch.getClockShift());
        part.note(time, batch.getFirstFrame() + packet.getFrame());
        part.name(dns.getName());
        if (question) {
            part.tried();
        } else if (dns.getResponseCode() == NO_ERROR && dns.getAnswers() > 0) {
            part.answered();
        }
    }

    private void add(PacketBatch batch, Volume volume, int entry, boolean begunByListed) {
        Address initiator = new Address(volume.getInitiatorHigh(), volume.getInitiatorLow());
        IntelContact part = part(key(initiator, entry, begunByListed), batch.getTime());
        if (volume.getPacketsOut() > 0) {
            part.add(true, volume.getPacketsOut(), volume.getBytesOut(), batch.getSensor(), batch.getClockShift());
        }
        if (volume.getPacketsIn() > 0) {
            part.add(false, volume.getPacketsIn(), volume.getBytesIn(), batch.getSensor(), batch.getClockShift());
        }
        part.with(
                new Address(volume.getResponderHigh(), volume.getResponderLow()),
                Service.of(volume.getProtocol(), volume.getResponderPort()));
    }

    private IntelKey key(Address actor, int entry, boolean begunByListed) {
        return new IntelKey(actor, index.text(entry), index.list(entry), begunByListed);
    }

    private void cache(int addresses) {
        highs = new long[addresses];
        lows = new long[addresses];
        found = new int[addresses];
        Arrays.fill(found, UNKNOWN);
        missed = 0;
    }

    private int find(long high, long low) {
        long mixed = (low ^ Long.rotateLeft(high, 31)) * 0x9e37_79b9_7f4a_7c15L;
        int at = (int) (mixed >>> 52) & (found.length - 1);
        if (found[at] == UNKNOWN || lows[at] != low || highs[at] != high) {
            if (++missed > 4 * found.length && found.length < CACHED) {
                cache(4 * found.length);
                return find(high, low);
            }
            highs[at] = high;
            lows[at] = low;
            found[at] = index.find(high, low);
        }
        return found[at];
    }
}
