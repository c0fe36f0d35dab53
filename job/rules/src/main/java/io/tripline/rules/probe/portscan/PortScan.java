package io.tripline.rules.probe.portscan;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
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
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One source probes many ports of a target (ATT&amp;CK T1046, T1595.001).
 *
 * <p>Method. Distinct services that an actor tries at one target within 60 s, exact to the second. It is a scan when
 * <ul>
 *   <li>more than 20 were tried and more than half of them failed: refused, or without answer at a tap that shows answers;
 *   <li>more than 100 got no answer at a tap that shows none;
 *   <li>two techniques were used within 5 s, one of which no ordinary program ever uses (FIN, NULL, XMAS, Maimon, illegal flags).
 * </ul>
 * The outcome is what separates a scan from FTP in passive mode, a load balancer's health checks or a busy client, whose many ports
 * answer; a count of ports alone, as in Snort's or a SIEM's threshold rules, does not. Traceroute's datagrams die on their way and
 * do not count. Up to a hundred ports of a target, a port that answers the actor on another target is no failure: of a load balancer's
 * back ends one is down and the others are not. Where the window is sampled, {@link #SAMPLE} kept ports must fail, so that one
 * port that stands for many is not taken for a scan.
 *
 * <p>One incident for an actor, whatever the number of targets: a target joins when it crosses by itself.
 *
 * <p>Cost: one pass over the actor's window for each second in which it was active and has enough contacts to matter. Memory: the shared
 * history, and evidence while an incident is open.
 *
 * <p>Cannot see: fewer than 21 ports a minute (a slow scan), ports spread over many sources (a distributed scan), a scan of open ports only.
 *
 * <p>Sources: Jung et al., "Fast Portscan Detection Using Sequential Hypothesis Testing", IEEE S&amp;P 2004, on failures as the signal;
 * G. Lyon, "Nmap Network Scanning", chapter 5, on techniques.
 */
public final class PortScan implements ActorDetector<PortScan.State> {
    public static final String RULE = "port-scan";

    /**
     * Thresholds.
     *
     * @param ports this many distinct ports of one target are not yet a scan
     * @param unseenPorts the same where no answers are visible
     * @param stealthWithin two techniques within this time belong together, whole seconds up to the window of 60 s
     */
    public record Settings(int ports, int unseenPorts, Duration stealthWithin) implements Serializable {
        public static final Settings DEFAULT = new Settings(20, 100, Duration.ofSeconds(5));

        public Settings {
            Thresholds.check()
                    .between("ports", ports, 1, 65_535)
                    .between("unseenPorts", unseenPorts, 1, 65_535)
                    .notBelow("unseenPorts", unseenPorts, "ports", ports)
                    .between("stealthWithin", stealthWithin, Duration.ofSeconds(1), Duration.ofSeconds(60))
                    .end();
        }
    }

    /** The open incident of one actor, if any. */
    public static final class State {
        private @Nullable Incident incident;
    }

    /** Fewer ports than this from a sample say nothing about how many there are. */
    static final int SAMPLE = 8;

    private static final int HALF = 50;

    private final Settings settings;
    private final Decision decision;
    private final String stealthWithin;

    /** Fewer failures than this from a sample say nothing; fewer still are asked for where less than that is a scan. */
    private final int sample;

    public PortScan(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    /** The rule with these thresholds; each test, of which the subject is the target, is told to a trace. */
    public PortScan(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
        this.stealthWithin = Long.toString(settings.stealthWithin().toSeconds());
        this.sample = Math.min(SAMPLE, settings.ports() / 2 + 1);
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
            incident.addAll(
                    activity,
                    contact -> concerns(contact) && incident.evidence().hasHostOf(contact));
        }
    }

    @Override
    public void judge(long second, ActorHistory history, State state) {
        if (decision.isTraced() || mayCross(history)) {
            UniqueOwnerIndex<Integer, Address> served = new UniqueOwnerIndex<>();
            history.contacts().forEach(contact -> {
                if (contact.has(Contact.OPEN) && concerns(contact)) {
                    served.add(contact.service(), contact.target());
                }
            });
            suspects(history, state)
                    .forEach((target, contacts) -> judge(second, target, contacts, served, history, state));
        }
    }

    @Override
    public void tell(long second, Address actor, State state, Consumer<Finding> findings) {
        state.incident = Incident.tell(state.incident, RULE, actor, second, Evidence::serviceOutcomes, findings);
    }

    /** Whether the actor did enough, and failed often enough, for any target to cross. */
    private boolean mayCross(ActorHistory history) {
        if ((history.contacts().size() > settings.ports() || history.contacts().approximate())
                && history.unanswered() >= sample) {
            return true;
        }
        return history.contacts().anyMatch(contact -> contact.probing().stealth());
    }

    /** The window's contacts by target: targets that may cross, and are not covered by the incident yet. */
    private Map<Address, List<Contact>> suspects(ActorHistory history, State state) {
        Map<Address, List<Contact>> targets = new HashMap<>();
        history.contacts().forEach(contact -> {
            if (concerns(contact)) {
                targets.computeIfAbsent(contact.target(), target -> new ArrayList<>())
                        .add(contact);
            }
        });
        int enough = history.contacts().approximate() ? sample : settings.ports() + 1;
        if (!decision.isTraced()) {
            targets.values()
                    .removeIf(contacts -> contacts.size() < enough
                            && contacts.stream()
                                    .noneMatch(contact -> contact.probing().stealth()));
        }
        if (state.incident != null) {
            targets.keySet().removeIf(state.incident.evidence().hosts()::contains);
        }
        return new TreeMap<>(targets);
    }

    private static boolean concerns(Contact contact) {
        Probing probing = contact.probing();
        return probing != Probing.ICMP && probing != Probing.ARP && probing != Probing.NDP;
    }

    private void judge(
            long second,
            Address target,
            List<Contact> contacts,
            UniqueOwnerIndex<Integer, Address> served,
            ActorHistory history,
            State state) {
        if (!decide(second, target, contacts, served, history).passed()) {
            return;
        }
        Incident incident = state.incident;
        if (incident == null) {
            incident = new Incident(target.toString(), second);
            state.incident = incident;
            contacts.forEach(incident::add);
            incident.seenBy(history);
        } else {
            contacts.forEach(incident::add);
        }
        decision.reasons().forEach(incident::because);
    }

    private Decision decide(
            long second,
            Address target,
            List<Contact> contacts,
            UniqueOwnerIndex<Integer, Address> served,
            ActorHistory history) {
        Tally ports = tally(second, contacts, history, service -> false);
        if (crosses(ports) && ports.tried() <= settings.unseenPorts()) {
            // What answers the actor on another target is a service that it knows, not a port that it tries.
            ports = tally(second, contacts, history, service -> served.hasOther(service, target));
        }
        return decision.about(target, second)
                .above(PortScanTestId.PORTS, ports.tried(), settings.ports())
                .share(PortScanTestId.FAILED, ports.failed(), ports.tried(), HALF)
                .provided(ports.sample() >= sample)
                .or()
                .above(PortScanTestId.UNSEEN, ports.unseen(), settings.unseenPorts())
                .provided(ports.sample() >= sample && (ports.failed() + ports.unseen()) * 2 > ports.tried())
                .or()
                .above(PortScanTestId.TECHNIQUES, stealthWithin, techniquesTogether(contacts), 1);
    }

    private boolean crosses(Tally ports) {
        return ports.tried() > settings.ports() && ports.sample() >= sample && ports.failed() * 2 > ports.tried();
    }

    /** What became of a target's ports, without those that are known to be served elsewhere. */
    private static Tally tally(
            long second, List<Contact> contacts, ActorHistory history, Predicate<Integer> servedElsewhere) {
        Map<Integer, ProbeOutcome> outcomes = new HashMap<>();
        Map<Integer, Integer> weights = new HashMap<>();
        for (Contact contact : contacts) {
            outcomes.merge(contact.service(), history.outcome(contact, second), ProbeOutcome::stronger);
            weights.merge(contact.service(), contact.weight(), Math::max);
        }
        Tally tally = new Tally();
        outcomes.forEach((service, outcome) ->
                tally.add(outcome, weights.getOrDefault(service, 1), !servedElsewhere.test(service)));
        return tally;
    }

    /** How many techniques were used close to a stealth one; 0 where it is fewer than two. */
    private int techniquesTogether(List<Contact> contacts) {
        Map<Probing, LongSummaryStatistics> spans = new EnumMap<>(Probing.class);
        for (Contact contact : contacts) {
            LongSummaryStatistics span =
                    spans.computeIfAbsent(contact.probing(), probing -> new LongSummaryStatistics());
            span.accept(contact.first());
            span.accept(contact.last());
        }
        long apart = settings.stealthWithin().toSeconds() * 1_000_000L;
        int most = 0;
        for (Map.Entry<Probing, LongSummaryStatistics> stealth : spans.entrySet()) {
            if (stealth.getKey().stealth()) {
                LongSummaryStatistics around = stealth.getValue();
                most = Math.max(most, (int) spans.values().stream()
                        .filter(span ->
                                span.getMin() <= around.getMax() + apart && span.getMax() >= around.getMin() - apart)
                        .count());
            }
        }
        return most > 1 ? most : 0;
    }

    @Override
    public boolean claims(State state) {
        return state.incident != null;
    }

    @Override
    public Coverage coverage(State state, Contact contact) {
        Incident incident = state.incident;
        return incident != null && incident.evidence().hasHostOf(contact) ? Coverage.TARGET : Coverage.NONE;
    }

    @Override
    public long wakeUp(State state) {
        return state.incident == null ? Long.MAX_VALUE : state.incident.wakeUp();
    }

    @Override
    public boolean isIdle(State state) {
        return state.incident == null;
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        Incident.writeNullable(state.incident, out);
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        state.incident = Incident.readNullable(in);
        return state;
    }
}
