package io.tripline.rules.flood;

import static io.tripline.rules.probe.ScanMessage.count;
import static io.tripline.rules.probe.ScanMessage.duration;
import static io.tripline.rules.probe.ScanMessage.number;

import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.network.Service;
import java.util.List;

/** Tells a flood in one line that a person understands. */
final class FloodMessage {
    private static final int LISTED = 3;
    private static final int FEW_SOURCES = 5;

    private FloodMessage() {}

    /** {@code 203.0.113.5 was flooded with 8,000 SYNs in 3.03 s, up to 2,700/s (80/tcp): 99 % left half-open, from 198.51.100.7}. */
    static String of(Finding finding) {
        FloodEvidence flood = evidence(finding);
        return finding.actor() + " was flooded with " + number(finding.packets()) + " " + packets(flood.kind()) + " in "
                + duration(finding.lastSeen() - finding.firstSeen()) + ", up to " + number(flood.peakPerSecond()) + "/s"
                + services(finding) + answers(finding, flood) + ", from " + sources(finding, flood);
    }

    /** The evidence that every finding of these rules has. */
    static FloodEvidence evidence(Finding finding) {
        if (finding.detail() instanceof FloodEvidence flood) {
            return flood;
        }
        throw new IllegalArgumentException(finding.rule() + " has no evidence of a flood");
    }

    private static String packets(Kind kind) {
        return switch (kind) {
            case SYN -> "SYNs";
            case CONNECTION -> "TCP connections";
            case UDP -> "datagrams";
            case REFLECTED -> "datagrams that nobody asked for";
            case ICMP -> "ICMP packets";
        };
    }

    private static String services(Finding finding) {
        List<String> named = finding.serviceSample().stream()
                .filter(Service::numbered)
                .map(Service::text)
                .toList();
        if (named.isEmpty()) {
            return "";
        }
        return named.size() > LISTED
                ? " (" + number(finding.services()) + " ports)"
                : " (" + String.join(", ", named) + ")";
    }

    private static String answers(Finding finding, FloodEvidence flood) {
        return switch (flood.kind()) {
            case SYN -> ": " + flood.halfOpenPercent() + " % never completed";
            case UDP ->
                finding.answersSeen()
                        ? ": " + number(flood.count(Count.UDP_ANSWERED)) + " answered"
                        : ": answers not visible";
            case ICMP -> ": " + number(flood.count(Count.ICMP_ANSWERED)) + " answered";
            case CONNECTION, REFLECTED -> "";
        };
    }

    private static String sources(Finding finding, FloodEvidence flood) {
        String about = finding.approximate() ? "about " : "";
        if (flood.spoofed()) {
            return about + number(finding.sourceCount()) + " false addresses";
        }
        if (finding.sourceCount() == finding.sources().size() && finding.sourceCount() <= FEW_SOURCES) {
            return String.join(
                    ", ", finding.sources().stream().map(Object::toString).toList());
        }
        return about + count(finding.sourceCount(), "source", "sources");
    }
}
