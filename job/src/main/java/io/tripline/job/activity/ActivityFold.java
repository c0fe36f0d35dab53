package io.tripline.job.activity;

import io.tripline.schemas.Conversation;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.Technique;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Folds packet batches into one {@link Activity} for each actor and second, before anything is keyed and shuffled: a scanner's 10,000
 * probes in a second become one record, and no key is hot.
 *
 * <p>It may be emptied at any time; what comes out in parts merges downstream to the same whole. Cost: two look-ups a packet record.
 * Memory: at most {@link #ACTORS} activities between two flushes, each at most {@link Activity#CONTACTS} contacts, of which
 * {@link #CONTACTS} in all.
 *
 * <p>A flood under false addresses makes an actor of each packet, and each would be remembered for the length of a window. So
 * of the actors that tried a single thing in a second, the first {@link #SINGLES} are followed; the others are counted. Who tries more than
 * one thing in a second is always followed, and so is every answer. This does not look at outcomes, so shares of failures stay right.
 */
public final class ActivityFold implements Fold {
    private static final long SECOND = 1_000_000;
    private static final int ACTORS = 65_536;
    private static final int CONTACTS = 262_144;

    /** Half a million actors in a window of a minute; about 250 MB. */
    static final int SINGLES = 8_192;

    /** Options that a packet crafter leaves out and every current operating system's SYN carries (SACK permitted, RFC 2018; window scale and timestamps, RFC 7323). */
    private static final int STACK_OPTIONS = 2 | 4 | 16;

    /** traceroute begins at destination port 33434 and counts up, mtr at 33000. */
    private static final int TRACEROUTE_PORT = 33_000;

    private static final int TRACEROUTE_HOPS = 30;

    /** ICMPv6 type, kept as port so that neighbour solicitations are told from echo (RFC 4861, 4.3). */
    private static final int NEIGHBOUR_SOLICITATION = 135;

    private final Consumer<Activity> activities;
    private final AddressIndex actors = new AddressIndex(ACTORS);
    private final List<Activity> open = new ArrayList<>();
    private long second = Long.MIN_VALUE;
    private long newestSecond = Long.MIN_VALUE;
    private int singles;
    private long notFollowed;
    private int contacts;

    public ActivityFold(Consumer<Activity> activities) {
        this.activities = activities;
    }

    @Override
    public void add(PacketBatch batch) {
        long time = batch.getTime();
        long frame = batch.getFirstFrame();
        for (PacketRecord packet : batch.getRecords()) {
            if (packet.getTechnique() != Technique.NONE) {
                add(batch, packet, time + packet.getTime(), frame + packet.getFrame());
            }
        }
    }

    @Override
    public void flush() {
        for (Activity activity : open) {
            if (!activity.contacts().isSingleProbe() || ++singles <= SINGLES) {
                activities.accept(activity);
            } else {
                notFollowed++;
            }
        }
        open.clear();
        actors.clear();
        contacts = 0;
    }

    /** Activities so far of a single probe that were not handed over, because their second had too many. */
    public long notFollowed() {
        return notFollowed;
    }

    private void add(PacketBatch batch, PacketRecord packet, long time, long frame) {
        long inSecond = Math.floorDiv(time, SECOND);
        if (inSecond != second || contacts >= CONTACTS) {
            flush();
            second = inSecond;
            if (second > newestSecond) {
                newestSecond = second;
                singles = 0;
            }
        }
        Probing probing = Probing.of(packet.getTechnique());
        Conversation about = packet.getAbout();
        if (about != null) {
            Activity activity = activity(about.getInitiatorHigh(), about.getInitiatorLow(), batch);
            int service = service(about.getProtocol(), about.getResponderPort(), probing);
            answer(activity, about.getResponderHigh(), about.getResponderLow(), service, probing, packet);
        } else if (packet.getFromInitiator()) {
            Activity activity = activity(packet.getSourceHigh(), packet.getSourceLow(), batch);
            int service = service(packet.getProtocol(), packet.getDestinationPort(), probing);
            if (isProbe(packet)) {
                probe(activity, service, probing, packet, time, frame, batch.getAnswersVisible());
            } else {
                answer(activity, packet.getDestinationHigh(), packet.getDestinationLow(), service, probing, packet);
            }
        } else {
            Activity activity = activity(packet.getDestinationHigh(), packet.getDestinationLow(), batch);
            int service = service(packet.getProtocol(), packet.getSourcePort(), probing);
            answer(activity, packet.getSourceHigh(), packet.getSourceLow(), service, probing, packet);
        }
    }

    private Activity activity(long high, long low, PacketBatch batch) {
        int index = actors.indexOf(high, low);
        if (index < 0) {
            flush();
            index = actors.indexOf(high, low);
        }
        if (index == open.size()) {
            open.add(new Activity(actors.address(index), second));
        }
        Activity activity = open.get(index);
        activity.seenBy(batch.getSensor(), batch.getClockShift());
        return activity;
    }

    private static boolean isProbe(PacketRecord packet) {
        Role role = packet.getRole();
        return role == Role.FIRST || role == Role.REPEAT || role == Role.ORPHAN;
    }

    private void probe(
            Activity activity,
            int service,
            Probing probing,
            PacketRecord packet,
            long time,
            long frame,
            boolean answersVisible) {
        ContactTable table = activity.contacts();
        int before = table.size();
        Contact contact = table.contact(packet.getDestinationHigh(), packet.getDestinationLow(), service, probing);
        contacts += table.size() - before;
        if (contact != null) {
            boolean fromStack = probing == Probing.SYN && (packet.getTcpOptions() & STACK_OPTIONS) != 0;
            int bits =
                    (answersVisible ? Contact.ANSWERS_VISIBLE : 0) | (isTraceroute(packet) ? Contact.HOP_LIMITED : 0);
            contact.probe(time, frame, packet.getLength(), fromStack, bits);
        }
    }

    private void answer(
            Activity activity, long targetHigh, long targetLow, int service, Probing probing, PacketRecord packet) {
        int bits = outcomeBits(packet);
        if (bits != 0) {
            ContactTable table = activity.contacts();
            int before = table.size();
            Contact contact = table.contact(targetHigh, targetLow, service, probing);
            contacts += table.size() - before;
            if (contact != null) {
                contact.mark(bits);
            }
        }
    }

    private static int outcomeBits(PacketRecord packet) {
        boolean reset = (packet.getTcpFlags() & TcpFlags.RST) != 0;
        int bits = outcomeBit(packet.getOutcome());
        if (!packet.getFromInitiator() && bits != 0) {
            bits |= Contact.ANSWERED;
        }
        if (packet.getFromInitiator() && packet.getRole() == Role.ESTABLISHED) {
            bits |= Contact.COMPLETED;
        }
        if (packet.getFromInitiator() && packet.getRole() == Role.CLOSING && reset) {
            bits |= Contact.RESET;
        }
        if (packet.getOutcome() == Outcome.CLOSED && reset && packet.getWindow() > 0) {
            bits |= Contact.RST_WINDOW;
        }
        return bits;
    }

    private static int outcomeBit(Outcome outcome) {
        return switch (outcome) {
            case OPEN -> Contact.OPEN;
            case CLOSED -> Contact.CLOSED;
            case EXPIRED -> Contact.EXPIRED;
            case NONE -> 0;
        };
    }

    private static int service(int protocol, int port, Probing probing) {
        return switch (probing) {
            case IP_PROTOCOL -> Service.of(Service.ANY_PROTOCOL, protocol);
            case ICMP, ARP -> Service.of(protocol, 0);
            case NDP -> Service.of(IpProtocol.ICMPV6, NEIGHBOUR_SOLICITATION);
            default -> Service.of(protocol, port);
        };
    }

    private static boolean isTraceroute(PacketRecord packet) {
        return packet.getProtocol() == IpProtocol.UDP
                && packet.getTtl() <= TRACEROUTE_HOPS
                && packet.getDestinationPort() >= TRACEROUTE_PORT;
    }
}
