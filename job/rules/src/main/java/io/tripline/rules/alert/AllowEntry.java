package io.tripline.rules.alert;

import io.tripline.rules.incident.Detail;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.network.Prefix;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Something that is allowed: findings that it covers raise no alert. What it does not name may be anything.
 *
 * <p>It covers a finding only if it covers all of it: each source, each target, each port. A finding lists a sample where there are many; where it
 * lists fewer than it counts, nothing shows that the others are covered, and they count as not covered.
 *
 * <p>It lapses by event time: it covers what was last seen, by the capture's clock, on its last day in UTC or before. So a replay decides as the
 * live job did.
 *
 * @param name how it is told: file and line
 * @param rules identifiers; empty for any
 * @param sources networks; empty for any
 * @param sourceMacs hardware addresses, besides the networks
 * @param targets networks; empty for any
 * @param ports port numbers of any transport; empty for any
 * @param owner who answers for it
 * @param reason why
 * @param expires last day on which it holds
 */
public record AllowEntry(
        String name,
        Set<String> rules,
        List<Prefix> sources,
        Set<Address> sourceMacs,
        List<Prefix> targets,
        Set<Integer> ports,
        String owner,
        String reason,
        LocalDate expires)
        implements Serializable {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    public AllowEntry {
        rules = Set.copyOf(rules);
        sources = List.copyOf(sources);
        sourceMacs = Set.copyOf(sourceMacs);
        targets = List.copyOf(targets);
        ports = Set.copyOf(ports);
    }

    /** Whether all of a finding is allowed, by what the entry names; {@link #hasLapsed} says whether it still holds. */
    boolean covers(RuleDescription rule, Finding finding) {
        return (rules.isEmpty() || rules.contains(rule.id()))
                && ((sources.isEmpty() && sourceMacs.isEmpty()) || coversSources(rule, finding))
                && (targets.isEmpty() || coversTargets(rule, finding))
                && (ports.isEmpty() || coversPorts(finding));
    }

    /** Whether the finding goes on after the last day of this entry. */
    boolean hasLapsed(Finding finding) {
        return CaptureTime.of(finding.lastSeen(), finding.clockShift()) >= end();
    }

    /** When it lapses: the end of its last day, microseconds since 1970 UTC. */
    public long end() {
        return expires.plusDays(1).toEpochDay() * MICROS_PER_DAY;
    }

    private boolean coversSources(RuleDescription rule, Finding finding) {
        if (rule.aboutTarget()) {
            return finding.sourceCount() <= finding.sources().size() && covers(sources, finding.sources());
        }
        if (finding.detail() instanceof Detail.OfNetwork of) {
            return sources.stream().anyMatch(source -> source.covers(of.network()));
        }
        Address actor = finding.actor();
        return sourceMacs.contains(actor) || covers(sources, actor.isMac() ? finding.sources() : List.of(actor));
    }

    private boolean coversTargets(RuleDescription rule, Finding finding) {
        if (rule.aboutTarget()) {
            return covers(targets, List.of(finding.actor()));
        }
        return finding.hosts() <= finding.hostSample().size() && covers(targets, finding.hostSample());
    }

    /** A probe without a port, of ICMP or ARP, is covered by no port. */
    private boolean coversPorts(Finding finding) {
        return finding.services() > 0
                && finding.services() <= finding.serviceSample().size()
                && finding.serviceSample().stream()
                        .allMatch(service -> Service.hasPort(service) && ports.contains(Service.port(service)));
    }

    private static boolean covers(List<Prefix> networks, Collection<Address> addresses) {
        return !addresses.isEmpty()
                && addresses.stream()
                        .allMatch(address -> networks.stream().anyMatch(network -> network.contains(address)));
    }
}
