package io.tripline.rules.probe.hostsweep;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.rules.network.ServiceName;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorDetector;
import io.tripline.rules.probe.ActorHistory;
import io.tripline.rules.probe.Contact;
import io.tripline.rules.probe.Coverage;
import io.tripline.rules.probe.Evidence;
import io.tripline.rules.probe.Incident;
import io.tripline.rules.probe.ProbeOutcome;
import io.tripline.rules.probe.Tally;
import io.tripline.rules.sketch.UniqueOwnerIndex;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One source tries one service on many hosts: TCP, UDP or SCTP port, ICMP echo, ARP or neighbour solicitation (ATT&amp;CK T1018, T1595.001).
 *
 * <p>Method. Distinct hosts that an actor tries for one service within 60 s, exact to the second, and what became of it. It is a sweep when
 * <ul>
 *   <li>more than 20 hosts failed (ARP, neighbour solicitation: more than 30 did not answer) and they are more than half;
 *   <li>ICMP echo went to more than 20 hosts and more than a quarter of them failed;
 *   <li>more than 100 hosts gave no answer at a tap that shows none;
 *   <li>a sequential test over first contacts decides so, usually after six failures (see {@link SequentialTest}); TCP and ICMP, and UDP as far
 *       as it is refused, since silence is ordinary there.
 * </ul>
 * A host that answers the actor on another service counts as reached: a browser whose QUIC is blocked falls back to TCP with the same servers.
 * What separates a sweep from browsing, a crawler, a monitor or a resolver is that those mostly get answers. An actor that nobody answers at
 * all is as likely cut off from the network, or its answers take another way, as a sweeper: then its silent TCP and ICMP contacts count as
 * unseen. An actor that asks nearly every host for another port is a peer of a swarm (BitTorrent, a distributed hash table), where dead
 * peers are ordinary. Out-of-the-blue ACK and FIN+ACK are also what is left of connections whose beginning was not seen, as after
 * a laptop wakes up: they never go through the sequential test, and FIN+ACK not at all.
 *
 * <p>Datagrams between equal ports (NTP, IKE, old name servers) may be answers to questions that were not seen, so that their silence proves nothing.
 *
 * <p>One incident for an actor, whatever the number of services: a service joins when it crosses by itself.
 *
 * <p>Cost: one pass over the actor's window for each second in which it was active and has enough contacts to matter. Memory: the shared
 * history, at most {@link #WALKS} sequential tests, and evidence while an incident is open.
 *
 * <p>Cannot see: a sweep of hosts that all answer, one slower than the window and mixed with successes, one spread over many sources, one by UDP from
 * the port that it goes to where nothing refuses.
 *
 * <p>Source: J. Jung, V. Paxson, A. Berger, H. Balakrishnan, "Fast Portscan Detection Using Sequential Hypothesis Testing", IEEE S&amp;P 2004.
 */
public final class HostSweep implements ActorDetector<HostSweep.State> {
    public static final String RULE = "host-sweep";

    private static final int WALKS = 64;
    private static final int QUARTER = 25;
    private static final int HALF = 50;
    private static final int NEIGHBOUR_SOLICITATION = Service.of(IpProtocol.ICMPV6, 135);

    /**
     * Thresholds.
     *
     * @param hosts this many hosts that fail for one service are not yet a sweep
     * @param neighbours the same for ARP and neighbour solicitation
     * @param unseenHosts the same where no answers are visible
     */
    public record Settings(int hosts, int neighbours, int unseenHosts) implements Serializable {
        public static final Settings DEFAULT = new Settings(20, 30, 100);

        public Settings {
            Thresholds.check()
                    .between("hosts", hosts, 1, 16_384)
                    .between("neighbours", neighbours, 1, 16_384)
                    .between("unseenHosts", unseenHosts, 1, 16_384)
                    .end();
        }
    }

    /** Open incident and sequential tests of one actor. */
    public static final class State {
        private @Nullable Incident incident;
        /** Services that belong to the incident. */
        private final RoaringBitmap sweptServices = new RoaringBitmap();

        /** Those of them whose hosts passed a limit, too; a sequential test decides before. */
        private final RoaringBitmap countedServices = new RoaringBitmap();

        private final SortedMap<Integer, SequentialTest> walks = new TreeMap<>();
    }

    /** Fewer hosts than this from a sample say nothing about how many there are. */
    private static final int SAMPLE = 6;

    /** So few sequential tests are packed. */
    private static final int FEW = 4;

    private final Settings settings;
    private final Decision decision;

    /** Fewer failures than this from a sample say nothing; fewer still are asked for where less than that is a sweep. */
    private final int sample;

    public HostSweep(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    /** The rule with these thresholds; each test, of which the subject is the service, is told to a trace. */
    public HostSweep(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
        this.sample = Math.min(SAMPLE, settings.hosts() / 4 + 1);
    }

    @Override
    public String rule() {
        return RULE;
    }

    @Override
    public State newState() {
        return new State();
    }

    @Override
    public void observe(Activity activity, ActorHistory history, State state) {
        Incident incident = state.incident;
        if (incident != null) {
            incident.addAll(activity, contact -> state.sweptServices.contains(contact.service()));
        }
    }

    @Override
    public void judge(long second, ActorHistory history, State state) {
        boolean listened = decision.isTraced();
        // A window in which nothing speaks against the actor is judged for the listener's sake alone.
        if ((history.contacts().size() > 1 || !state.walks.isEmpty()) && (!listened || history.isSuspicious(second))) {
            walk(second, history, state);
        }
        if (listened || isDecided(state) || mayCross(history)) {
            boolean swarm = isSwarm(history);
            UniqueOwnerIndex<Address, Integer> reached = reached(history);
            suspects(history, state).forEach((service, contacts) -> {
                if (!swarm || !Service.hasPort(service)) {
                    judge(second, service, contacts, reached, history, state);
                }
            });
        }
    }

    private static boolean isDecided(State state) {
        for (SequentialTest walk : state.walks.values()) {
            if (walk.isScanner()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the actor failed often enough for any service to cross. */
    private boolean mayCross(ActorHistory history) {
        return (history.contacts().size() > settings.hosts()
                        || history.contacts().approximate())
                && history.unanswered() >= sample;
    }

    @Override
    public void tell(long second, Address actor, State state, Consumer<Finding> findings) {
        state.walks.values().removeIf(walk -> walk.forgetAt() <= second);
        boolean open = state.incident != null;
        state.incident = Incident.tell(state.incident, RULE, actor, second, Evidence::hostOutcomes, findings);
        if (open && state.incident == null) {
            state.sweptServices.clear();
            state.countedServices.clear();
            state.walks.clear();
        }
    }

    /**
     * Takes contacts through the sequential tests once the time for an answer is over, whether they had one or not: otherwise a fast
     * client's answers would all come before its failures.
     */
    private static void walk(long second, ActorHistory history, State state) {
        List<Contact> known = new ArrayList<>();
        history.contacts().forEach(contact -> {
            if (!contact.judged() && ActorHistory.isAnswerDue(contact, second)) {
                contact.judge();
                known.add(contact);
            }
        });
        known.sort(Comparator.comparingLong(Contact::first).thenComparing(Contact::target));
        for (Contact contact : known) {
            int service = contact.service();
            SequentialTest walk = state.walks.get(service);
            ProbeOutcome outcome = history.outcome(contact, second);
            if (outcome == ProbeOutcome.OPEN) {
                if (walk != null) {
                    walk.success(second);
                }
            } else if (outcome.failed() && provesFailure(contact)) {
                if (walk == null && state.walks.size() < WALKS) {
                    walk = new SequentialTest();
                    state.walks.put(service, walk);
                }
                if (walk != null) {
                    walk.failure(contact.target(), second);
                }
            }
        }
    }

    /** ARP is for hosts that may not be there, and silence of UDP means little. */
    private static boolean provesFailure(Contact contact) {
        return switch (contact.probing()) {
            case ARP, NDP, ACK, MAIMON -> false;
            case UDP -> contact.has(Contact.CLOSED);
            default -> true;
        };
    }

    /** The window's contacts by service, without services about which the incident says all there is to say. */
    private static SortedMap<Integer, List<Contact>> suspects(ActorHistory history, State state) {
        SortedMap<Integer, List<Contact>> services = new TreeMap<>();
        history.contacts().forEach(contact -> {
            int service = contact.service();
            if (Service.transport(service) != Service.ANY_PROTOCOL
                    && contact.probing() != Probing.MAIMON
                    && !state.countedServices.contains(service)) {
                services.computeIfAbsent(service, s -> new ArrayList<>()).add(contact);
            }
        });
        return services;
    }

    private void judge(
            long second,
            int service,
            List<Contact> contacts,
            UniqueOwnerIndex<Address, Integer> reached,
            ActorHistory history,
            State state) {
        boolean passed =
                decide(second, service, contacts, reached, history, state).passed();
        boolean counted = !decision.has(HostSweepTestId.FIRST_CONTACTS);
        if (!passed || (!counted && state.sweptServices.contains(service))) {
            return;
        }
        Incident open = state.incident;
        Incident incident = open == null ? new Incident(Service.text(service), second) : open;
        state.incident = incident;
        if (counted) {
            state.countedServices.add(service);
        }
        if (state.sweptServices.checkedAdd(service)) {
            contacts.forEach(incident::add);
        }
        if (open == null) {
            incident.seenBy(history);
        }
        decision.reasons().forEach(incident::because);
    }

    private Decision decide(
            long second,
            int service,
            List<Contact> contacts,
            UniqueOwnerIndex<Address, Integer> reached,
            ActorHistory history,
            State state) {
        Tally hosts = tally(second, service, contacts, reached, history);
        long tried = hosts.tried();
        long failed = hosts.failed();
        boolean sampled = hosts.sample() >= sample;
        ServiceName what = new ServiceName(service);
        decision.about(what, second);
        if (isIcmp(service)) {
            decision.above(HostSweepTestId.ASKED, what, tried, settings.hosts())
                    .share(HostSweepTestId.LOST, failed, tried, QUARTER)
                    .provided(sampled)
                    .or();
        }
        if (!decision.passed()) {
            int enough = isNeighbours(service) ? settings.neighbours() : settings.hosts();
            decision.above(HostSweepTestId.FAILED, what, failed, enough)
                    .share(HostSweepTestId.FAILED_SHARE, what, failed, tried, HALF)
                    .provided(sampled)
                    .or();
        }
        decision.above(HostSweepTestId.UNSEEN, what, hosts.unseen(), settings.unseenHosts())
                .provided(sampled && (failed + hosts.unseen()) * 2 > tried)
                .or();
        boolean counted = decision.passed();
        SequentialTest walk = state.walks.get(service);
        return decision.above(
                        HostSweepTestId.FIRST_CONTACTS,
                        what,
                        walk == null ? 0 : walk.steps(),
                        SequentialTest.SCANNER - 1)
                .provided(!counted);
    }

    /** What became of the hosts that were asked for a service. */
    private Tally tally(
            long second,
            int service,
            List<Contact> contacts,
            UniqueOwnerIndex<Address, Integer> reached,
            ActorHistory history) {
        Map<Address, ProbeOutcome> outcomes = new HashMap<>();
        Map<Address, Integer> weights = new HashMap<>();
        int transport = Service.transport(service);
        boolean silenceIsUnseen = !isNeighbours(service) && transport != IpProtocol.UDP && !history.wasAnswered(second);
        for (Contact contact : contacts) {
            ProbeOutcome outcome = history.outcome(contact, second);
            if (contact.has(Contact.EQUAL_PORTS)
                    && (outcome == ProbeOutcome.FILTERED || outcome == ProbeOutcome.UNSEEN)) {
                continue;
            }
            ProbeOutcome told = outcome == ProbeOutcome.FILTERED && silenceIsUnseen ? ProbeOutcome.UNSEEN : outcome;
            outcomes.merge(contact.target(), told, ProbeOutcome::stronger);
            weights.merge(contact.target(), contact.weight(), Math::max);
        }
        boolean many = outcomes.size() > settings.hosts();
        Tally tally = new Tally();
        outcomes.forEach((host, outcome) ->
                tally.add(outcome, weights.getOrDefault(host, 1), !(many && reached.hasOther(host, service))));
        return tally;
    }

    private static boolean isNeighbours(int service) {
        return Service.transport(service) == IpProtocol.ARP || service == NEIGHBOUR_SOLICITATION;
    }

    private static boolean isIcmp(int service) {
        int transport = Service.transport(service);
        return service != NEIGHBOUR_SOLICITATION && (transport == IpProtocol.ICMP || transport == IpProtocol.ICMPV6);
    }

    /** Whether the actor asks hosts for one port each, nearly each for another, and a quarter or more answer. */
    private static boolean isSwarm(ActorHistory history) {
        Set<Address> hosts = new HashSet<>();
        RoaringBitmap ports = new RoaringBitmap();
        int[] pairs = {0};
        int[] open = {0};
        history.contacts().forEach(contact -> {
            if (Service.hasPort(contact.service())) {
                hosts.add(contact.target());
                ports.add(contact.service());
                pairs[0]++;
                open[0] += contact.has(Contact.OPEN) ? 1 : 0;
            }
        });
        return ports.getCardinality() * 2 > hosts.size() && pairs[0] < hosts.size() * 2 && open[0] * 4 >= pairs[0];
    }

    /** Hosts that answered the actor, and on which service. */
    private static UniqueOwnerIndex<Address, Integer> reached(ActorHistory history) {
        UniqueOwnerIndex<Address, Integer> reached = new UniqueOwnerIndex<>();
        history.contacts().forEach(contact -> {
            if (contact.has(Contact.OPEN) && Service.transport(contact.service()) != IpProtocol.ARP) {
                reached.add(contact.target(), contact.service());
            }
        });
        return reached;
    }

    @Override
    public boolean claims(State state) {
        return state.incident != null;
    }

    @Override
    public Coverage coverage(State state, Contact contact) {
        return state.sweptServices.contains(contact.service()) ? Coverage.SERVICE : Coverage.NONE;
    }

    @Override
    public long wakeUp(State state) {
        long walks = Long.MAX_VALUE;
        for (SequentialTest walk : state.walks.values()) {
            walks = Math.min(walks, walk.forgetAt());
        }
        return state.incident == null ? walks : Math.min(walks, state.incident.wakeUp());
    }

    @Override
    public boolean isSmall(State state) {
        return state.incident == null && state.walks.size() <= FEW;
    }

    @Override
    public boolean isIdle(State state) {
        return state.incident == null && state.walks.isEmpty();
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        out.writeInt(state.walks.size());
        for (Map.Entry<Integer, SequentialTest> walk : state.walks.entrySet()) {
            out.writeInt(walk.getKey());
            walk.getValue().write(out);
        }
        state.sweptServices.serialize(out);
        state.countedServices.serialize(out);
        Incident.writeNullable(state.incident, out);
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        for (int i = Stored.readSize(in, WALKS, "sequential tests"); i > 0; i--) {
            state.walks.put(in.readInt(), SequentialTest.read(in));
        }
        Evidence.read(state.sweptServices, in);
        Evidence.read(state.countedServices, in);
        state.incident = Incident.readNullable(in);
        return state;
    }
}
