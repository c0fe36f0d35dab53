package io.tripline.rules.probe;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.LoginServices;
import io.tripline.rules.network.Service;
import io.tripline.rules.sketch.AddressIndex;
import io.tripline.schemas.Address;
import io.tripline.schemas.Conversation;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.Technique;
import io.tripline.schemas.Volume;
import java.util.ArrayList;
import java.util.Arrays;
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
 * of the actors that tried no more than {@link #FEW} things in a second, the first {@link #FOLLOWED} are followed; the others are counted. Who
 * tries more in a second is always followed, and so is every answer. This does not look at outcomes, so shares of failures stay right.
 * Of those that tried a single thing, those beyond the first {@link #CROWD} at one target are marked, so that rules with a long memory need not take each for a new source.
 *
 * <p>What conversations with login services carried is added where the same second has a record of them too; so an ssh session at work makes no
 * activity.
 */
public final class ActivityFold implements Fold {
    private static final long SECOND = 1_000_000;
    private static final int ACTORS = 65_536;
    private static final int CONTACTS = 262_144;

    /** A quarter of a million actors in a window of a minute; about 150 MB with what an engine adds. */
    static final int FOLLOWED = 4_096;

    /** Actors of a second that are handed over although only {@link #FEW} answers to what this sensor did not see came for them: back-scatter makes millions. */
    static final int ANSWERED_ONLY = 256;

    /** Things that an actor tries in a second at most for it to count among those. */
    static final int FEW = 3;

    /** So many sources that try a single thing at one target in a second are not yet a crowd. */
    static final int CROWD = 64;

    /** Targets that are counted apart. */
    private static final int TARGETS = 1 << 12;

    /** Options that a packet crafter leaves out and every current operating system's SYN carries (SACK permitted, RFC 2018; window scale and timestamps, RFC 7323). */
    private static final int STACK_OPTIONS = 2 | 4 | 16;

    private static final int STRAY_ANSWER = Indicator.SYNACK_ORPHAN.bit() | Indicator.RST_ORPHAN.bit();

    /** traceroute begins at destination port 33434 and counts up, mtr at 33000. */
    private static final int TRACEROUTE_PORT = 33_000;

    private static final int TRACEROUTE_HOPS = 30;

    /** ICMPv6 type, kept as port so that neighbour solicitations are told from echo (RFC 4861, 4.3). */
    private static final int NEIGHBOUR_SOLICITATION = 135;

    private final Consumer<Activity> activities;
    private final LoginServices logins;
    private int[] crowds = new int[0];
    private final AddressIndex actors = new AddressIndex(ACTORS);
    private final List<Activity> open = new ArrayList<>();
    private long second = Long.MIN_VALUE;
    private long newestSecond = Long.MIN_VALUE;
    private int few;
    private int answeredOnly;
    private boolean takesStrays;
    private long notFollowed;
    private int contacts;

    public ActivityFold(Consumer<Activity> activities) {
        this(activities, LoginServices.DEFAULT);
    }

    /** A fold with other login services than the default ones. */
    public ActivityFold(Consumer<Activity> activities, LoginServices logins) {
        this.activities = activities;
        this.logins = logins;
    }

    /**
     * From now on also takes answers whose probes were not seen: another sensor may have. Not before, as one sensor alone can do nothing with them, and
     * a flood's back-scatter is made of them.
     */
    public void takeStrays() {
        takesStrays = true;
    }

    @Override
    public void add(PacketBatch batch) {
        long time = batch.getTime();
        long frame = batch.getFirstFrame();
        for (PacketRecord packet : batch.getRecords()) {
            if (packet.getTechnique() != Technique.NONE) {
                add(batch, packet, time + packet.getTime(), frame + packet.getFrame());
            } else if (takesStrays && (packet.getIndicators() & STRAY_ANSWER) != 0) {
                stray(batch, packet, time + packet.getTime());
            }
        }
        for (Volume volume : batch.getVolumes()) {
            if (logins.has(volume.getResponderPort()) && volume.getProtocol() == IpProtocol.TCP) {
                carry(batch, volume, time);
            }
        }
    }

    @Override
    public void flush() {
        for (Activity activity : open) {
            Contact single = activity.contacts().singleProbe();
            if (activity.isStraysOnly() && activity.strays().size() <= FEW) {
                if (++answeredOnly <= ANSWERED_ONLY) {
                    activities.accept(activity);
                } else {
                    notFollowed++;
                }
            } else if (!activity.contacts().isFewProbes(FEW) || ++few <= FOLLOWED) {
                if (single != null && isCrowded(single)) {
                    single.mark(Contact.CROWDED);
                }
                activities.accept(activity);
            } else {
                notFollowed++;
            }
        }
        open.clear();
        actors.clear();
        contacts = 0;
    }

    private boolean isCrowded(Contact single) {
        if (crowds.length == 0) {
            crowds = new int[TARGETS];
        }
        return ++crowds[crowd(single)] > CROWD;
    }

    /** Activities so far of a single probe that were not handed over, because their second had too many. */
    @Override
    public long notFollowed() {
        return notFollowed;
    }

    private void add(PacketBatch batch, PacketRecord packet, long time, long frame) {
        turnTo(Math.floorDiv(time, SECOND));
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

    private void turnTo(long inSecond) {
        if (inSecond != second || contacts >= CONTACTS) {
            flush();
            second = inSecond;
            if (second > newestSecond) {
                newestSecond = second;
                few = 0;
                answeredOnly = 0;
                Arrays.fill(crowds, 0);
            }
        }
    }

    private Activity activity(long high, long low, PacketBatch batch) {
        Activity activity = activity(high, low, batch.getSensor());
        activity.seenBy(batch.getSensor(), batch.getClockShift());
        return activity;
    }

    private Activity activity(long high, long low, String sensor) {
        int index = actors.indexOf(high, low);
        if (index < 0) {
            flush();
            index = actors.indexOf(high, low);
        }
        if (index == open.size()) {
            open.add(new Activity(actors.address(index), second, sensor));
        }
        return open.get(index);
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
            int bits = (answersVisible ? Contact.ANSWERS_VISIBLE : 0)
                    | (isTraceroute(packet) ? Contact.HOP_LIMITED : 0)
                    | (isBetweenEqualPorts(packet) ? Contact.EQUAL_PORTS : 0);
            contact.probe(
                    time, frame, packet.getLength(), fromStack, bits | OsProbe.mark(packet) | SynShape.mark(packet));
        }
    }

    /**
     * Adds what a conversation carried to its contact. Whether the second has more of it than that is known when all its parts are together, which
     * {@link Contact#isCarriedOnly} tells then: here it would depend on where the stream is cut.
     */
    private void carry(PacketBatch batch, Volume volume, long time) {
        turnTo(Math.floorDiv(time, SECOND));
        ContactTable table = activity(volume.getInitiatorHigh(), volume.getInitiatorLow(), batch.getSensor())
                .contacts();
        int before = table.size();
        int service = Service.of(IpProtocol.TCP, volume.getResponderPort());
        Contact contact = table.contact(volume.getResponderHigh(), volume.getResponderLow(), service, Probing.SYN);
        contacts += table.size() - before;
        if (contact != null) {
            contact.countedSessions().carried(volume);
        }
    }

    /** A SYN-ACK or RST to somebody whose packets were not seen here. */
    private void stray(PacketBatch batch, PacketRecord packet, long time) {
        turnTo(Math.floorDiv(time, SECOND));
        boolean reset = (packet.getTcpFlags() & TcpFlags.RST) != 0;
        int bits = Contact.ANSWERED
                | (reset ? Contact.CLOSED : Contact.OPEN)
                | (reset && packet.getWindow() > 0 ? Contact.RST_WINDOW : 0);
        activity(packet.getDestinationHigh(), packet.getDestinationLow(), batch.getSensor())
                .stray(new StrayAnswer(
                        batch.getSensor(),
                        new Address(packet.getSourceHigh(), packet.getSourceLow()),
                        Service.of(IpProtocol.TCP, packet.getSourcePort()),
                        bits,
                        1));
    }

    private static int crowd(Contact contact) {
        long hash = (contact.targetHigh ^ contact.targetLow) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (hash >>> 52) & TARGETS - 1;
    }

    private void answer(
            Activity activity, long targetHigh, long targetLow, int service, Probing probing, PacketRecord packet) {
        int bits = outcomeBits(packet);
        boolean closed =
                packet.getRole() == Role.CLOSING && probing == Probing.SYN && logins.has(Service.port(service));
        if (bits != 0 || closed) {
            ContactTable table = activity.contacts();
            int before = table.size();
            Contact contact = table.contact(targetHigh, targetLow, service, probing);
            contacts += table.size() - before;
            if (contact != null) {
                contact.mark(bits);
                if (closed) {
                    boolean byClient = packet.getFromInitiator();
                    int clientPort = byClient ? packet.getSourcePort() : packet.getDestinationPort();
                    contact.countedSessions().closed(byClient, packet.getClosesFirst(), clientPort);
                }
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

    private static boolean isBetweenEqualPorts(PacketRecord packet) {
        return packet.getProtocol() == IpProtocol.UDP && packet.getSourcePort() == packet.getDestinationPort();
    }

    private static boolean isTraceroute(PacketRecord packet) {
        return packet.getProtocol() == IpProtocol.UDP
                && packet.getTtl() <= TRACEROUTE_HOPS
                && packet.getDestinationPort() >= TRACEROUTE_PORT;
    }
}
