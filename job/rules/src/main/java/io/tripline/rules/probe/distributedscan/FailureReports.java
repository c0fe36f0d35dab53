package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.ActorHistory;
import io.tripline.rules.probe.Contact;
import io.tripline.rules.probe.ProbeOutcome;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Tells the rules about targets what an actor tried in vain, as soon as it is known to be in vain: nothing of what succeeds travels on. Costs nothing
 * for an actor that does not fail. Of who fails at more than {@link #TARGETS} targets in a second, those are told whose hash is lowest, the same ones
 * for every actor, so that a sweep of many targets shared by many sources still shows at some.
 */
public final class FailureReports {
    private static final int TARGETS = 256;

    private FailureReports() {}

    /** Reports what was settled in the second that is judged. */
    public static void send(long second, ActorHistory history, Consumer<TargetProbes> reports) {
        List<Contact> settled = history.settled();
        if (settled.isEmpty() || (settled.size() == 1 && settled.get(0).has(Contact.CROWDED))) {
            return;
        }
        SortedMap<Address, List<Contact>> failed = new TreeMap<>();
        SortedMap<Address, Integer> open = new TreeMap<>();
        for (Contact contact : settled) {
            if (counts(contact, history.outcome(contact, second))) {
                failed.computeIfAbsent(contact.target(), target -> new ArrayList<>())
                        .add(contact);
            } else if (contact.has(Contact.OPEN)) {
                open.merge(contact.target(), 1, Integer::sum);
            }
        }
        failed.entrySet()
                .removeIf(target -> open.getOrDefault(target.getKey(), 0)
                        > target.getValue().size());
        failed.entrySet().stream()
                .sorted(Comparator.comparing(target -> TargetProbes.order(target.getKey()), Long::compareUnsigned))
                .limit(TARGETS)
                .forEach(target -> reports.accept(report(second, target, history)));
    }

    private static TargetProbes report(long second, Map.Entry<Address, List<Contact>> target, ActorHistory history) {
        SourceProbes probes = new SourceProbes();
        target.getValue()
                .forEach(contact -> probes.add(contact, history.outcome(contact, second) != ProbeOutcome.UNSEEN));
        TargetProbes report = new TargetProbes(target.getKey(), second);
        report.add(history.actor(), probes);
        report.seenBy(history.sensors().atMost(probes.packets()), history.clockShift(second * 1_000_000));
        return report;
    }

    /** Whether it counts as tried in vain: silence of UDP is ordinary, and FIN+ACK is what is left of old connections. */
    private static boolean counts(Contact contact, ProbeOutcome outcome) {
        if (!Service.hasPort(contact.service())
                || contact.probing() == Probing.MAIMON
                || outcome == ProbeOutcome.EXPIRED) {
            return false;
        }
        if (contact.probing().stealth()) {
            return true;
        }
        if (contact.probing() == Probing.ACK || Service.transport(contact.service()) == IpProtocol.UDP) {
            return outcome == ProbeOutcome.CLOSED;
        }
        return outcome.failed() || outcome == ProbeOutcome.UNSEEN;
    }
}
