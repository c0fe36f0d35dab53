package io.tripline.job.detect;

import io.tripline.job.activity.Activity;
import io.tripline.job.activity.Contact;
import io.tripline.job.activity.Service;
import io.tripline.job.detect.Finding.Stage;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
 * What separates a sweep from browsing, a crawler, a monitor or a resolver is that those mostly get answers.
 *
 * <p>One incident for an actor, whatever the number of services: a service joins when it crosses by itself.
 *
 * <p>Cost: one pass over the actor's window for each second in which it was active and has enough contacts to matter. Memory: the shared
 * history, at most {@link #WALKS} sequential tests, and evidence while an incident is open.
 *
 * <p>Cannot see: a sweep of hosts that all answer, one slower than the window and mixed with successes, one spread over many sources.
 *
 * <p>Source: J. Jung, V. Paxson, A. Berger, H. Balakrishnan, "Fast Portscan Detection Using Sequential Hypothesis Testing", IEEE S&amp;P 2004.
 */
public final class HostSweep implements ActorDetector<HostSweep.State> {
    public static final String RULE = "host-sweep";

    private static final int WALKS = 64;
    private static final int NEIGHBOUR_SOLICITATION = Service.of(IpProtocol.ICMPV6, 135);

    /**
     * Thresholds.
     *
     * @param hosts this many hosts that fail for one service are not yet a sweep
     * @param neighbours the same for ARP and neighbour solicitation
     * @param unseenHosts the same where no answers are visible
     */
    public record Settings(int hosts, int neighbours, int unseenHosts) {
        public static final Settings DEFAULT = new Settings(20, 30, 100);
    }

    /** Open incident and sequential tests of one actor. */
    public static final class State {
        private @Nullable Incident incident;
        private final Set<Integer> sweptServices = new TreeSet<>();
        private final SortedMap<Integer, SequentialTest> walks = new TreeMap<>();
    }

    private final Settings settings;

    public HostSweep(Settings settings) {
        this.settings = settings;
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
            boolean[] belongs = {false};
            activity.contacts().forEach(contact -> {
                if (state.sweptServices.contains(contact.service())) {
                    incident.add(contact);
                    belongs[0] = true;
                }
            });
            if (belongs[0]) {
                incident.seenBy(activity.sensors(), activity.clockShift());
            }
        }
    }

    @Override
    public void onTime(long second, Address actor, ActorHistory history, State state, Consumer<Finding> findings) {
        state.walks.values().removeIf(walk -> walk.forgetAt() <= second);
        walk(second, history, state);
        boolean decided = state.walks.values().stream().anyMatch(SequentialTest::isScanner);
        if (decided
                || history.contacts().size() > settings.hosts()
                || history.contacts().approximate()) {
            suspects(history, state).forEach((service, contacts) -> judge(second, service, contacts, history, state));
        }
        Incident incident = state.incident;
        Stage stage = incident == null ? null : incident.due(second);
        if (incident != null && stage != null) {
            findings.accept(incident.tell(
                    stage, RULE, actor, second, incident.evidence().hostOutcomes()));
            if (stage == Stage.CLOSED) {
                state.incident = null;
                state.sweptServices.clear();
                state.walks.clear();
            }
        }
    }

    /** Takes the contacts whose outcome has become known since the last time through the sequential tests. */
    private static void walk(long second, ActorHistory history, State state) {
        List<Contact> known = new ArrayList<>();
        history.contacts().forEach(contact -> {
            Fate fate = history.fate(contact, second);
            if (!contact.judged() && (fate == Fate.OPEN || fate.failed())) {
                contact.judge();
                known.add(contact);
            }
        });
        known.sort(Comparator.comparingLong(Contact::first).thenComparing(Contact::target));
        for (Contact contact : known) {
            int service = contact.service();
            SequentialTest walk = state.walks.get(service);
            if (history.fate(contact, second) == Fate.OPEN) {
                if (walk != null) {
                    walk.success(second);
                }
            } else if (provesFailure(contact)) {
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
            case ARP, NDP -> false;
            case UDP -> contact.has(Contact.CLOSED);
            default -> true;
        };
    }

    /** The window's contacts by service, without services that the incident already covers. */
    private static SortedMap<Integer, List<Contact>> suspects(ActorHistory history, State state) {
        SortedMap<Integer, List<Contact>> services = new TreeMap<>();
        history.contacts().forEach(contact -> {
            int service = contact.service();
            if (Service.transport(service) != Service.ANY_PROTOCOL && !state.sweptServices.contains(service)) {
                services.computeIfAbsent(service, s -> new ArrayList<>()).add(contact);
            }
        });
        return services;
    }

    private void judge(long second, int service, List<Contact> contacts, ActorHistory history, State state) {
        List<Reason> reasons = reasons(second, service, contacts, history, state);
        if (reasons.isEmpty()) {
            return;
        }
        Incident incident = state.incident;
        if (incident == null) {
            incident = new Incident(Service.text(service), second);
            incident.seenBy(history.sensors(), history.clockShift());
            state.incident = incident;
        }
        state.sweptServices.add(service);
        contacts.forEach(incident::add);
        reasons.forEach(incident::because);
    }

    private List<Reason> reasons(long second, int service, List<Contact> contacts, ActorHistory history, State state) {
        Map<Address, Fate> fates = new HashMap<>();
        int weight = 1;
        for (Contact contact : contacts) {
            fates.merge(contact.target(), history.fate(contact, second), Fate::stronger);
            weight = Math.max(weight, contact.weight());
        }
        long tried = 0;
        long failed = 0;
        long unseen = 0;
        Set<Address> reached = fates.size() > settings.hosts() ? reachedOtherwise(service, history) : Set.of();
        for (Map.Entry<Address, Fate> host : fates.entrySet()) {
            Fate fate = host.getValue();
            tried += fate == Fate.EXPIRED ? 0 : weight;
            failed += fate.failed() && !reached.contains(host.getKey()) ? weight : 0;
            unseen += fate == Fate.UNSEEN ? weight : 0;
        }
        int transport = Service.transport(service);
        boolean neighbours = transport == IpProtocol.ARP || service == NEIGHBOUR_SOLICITATION;
        boolean icmp = !neighbours && (transport == IpProtocol.ICMP || transport == IpProtocol.ICMPV6);
        String what = Service.text(service);
        List<Reason> reasons = new ArrayList<>();
        int enough = neighbours ? settings.neighbours() : settings.hosts();
        if (icmp && tried > settings.hosts() && failed * 4 > tried) {
            reasons.add(new Reason("distinct hosts asked by " + what + " in 60 s", tried, settings.hosts()));
            reasons.add(new Reason("of these refused or silent, percent", failed * 100 / tried, 25));
        } else if (failed > enough && failed * 2 > tried) {
            reasons.add(new Reason("distinct hosts that failed for " + what + " in 60 s", failed, enough));
            reasons.add(new Reason("of all hosts asked for " + what + ", percent", failed * 100 / tried, 50));
        }
        if (unseen > settings.unseenHosts() && (failed + unseen) * 2 > tried) {
            reasons.add(new Reason(
                    "distinct hosts asked for " + what + " in 60 s, answers not visible",
                    unseen,
                    settings.unseenHosts()));
        }
        SequentialTest walk = state.walks.get(service);
        if (reasons.isEmpty() && walk != null && walk.isScanner()) {
            reasons.add(new Reason(
                    Reason.SEQUENTIAL + what + " that failed, less those that succeeded",
                    walk.steps(),
                    SequentialTest.SCANNER - 1));
        }
        return reasons;
    }

    /** Hosts that answered the actor on another service. */
    private static Set<Address> reachedOtherwise(int service, ActorHistory history) {
        Set<Address> reached = new HashSet<>();
        history.contacts().forEach(contact -> {
            if (contact.has(Contact.OPEN)
                    && contact.service() != service
                    && Service.transport(contact.service()) != IpProtocol.ARP) {
                reached.add(contact.target());
            }
        });
        return reached;
    }

    @Override
    public long wakeUp(State state) {
        long walks = state.walks.values().stream()
                .mapToLong(SequentialTest::forgetAt)
                .min()
                .orElse(Long.MAX_VALUE);
        return state.incident == null ? walks : Math.min(walks, state.incident.wakeUp());
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
        out.writeInt(state.sweptServices.size());
        for (int service : state.sweptServices) {
            out.writeInt(service);
        }
        out.writeBoolean(state.incident != null);
        if (state.incident != null) {
            state.incident.write(out);
        }
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        for (int i = in.readInt(); i > 0; i--) {
            state.walks.put(in.readInt(), SequentialTest.read(in));
        }
        for (int i = in.readInt(); i > 0; i--) {
            state.sweptServices.add(in.readInt());
        }
        if (in.readBoolean()) {
            state.incident = Incident.read(in);
        }
        return state;
    }
}
