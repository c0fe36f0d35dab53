package io.tripline.analyze.report;

import io.tripline.analyze.report.chart.Words;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.Evidence;
import io.tripline.schemas.alert.RuleEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of an alert document in words, those that count first. */
final class EvidenceFacts {
    private static final int LISTED = 20;

    private final AlertDocument alert;
    private final Evidence evidence;
    private final RuleEvidence own;
    private final List<Fact> facts = new ArrayList<>();

    EvidenceFacts(AlertDocument alert) {
        this.alert = alert;
        this.evidence = alert.tripline();
        this.own = evidence.own();
    }

    List<Fact> facts() {
        fact("Domain", own.domain());
        tunnel(own.tunnel());
        flood(own.flood());
        login(own.login());
        volume(own.volume());
        limit(own.limit());
        intel(own.intel());
        sensor(own.sensorTrouble());
        if (own.flood() != null) {
            counts(own.flood().counts());
        }
        if (own.entropy() != null) {
            fact(
                    "Payload entropy, as a share of the maximum for the length",
                    String.format(Locale.ROOT, "%.2f", own.entropy()));
        }
        topTargets(own.limit() == null ? List.of() : own.limit().topTargets());
        claims(own.claims());
        ports(evidence.ports());
        hosts("Sources", evidence.sources());
        hosts("Targets", evidence.targets());
        flag("Decoys", own.decoys(), "sources probe the same services at the same instants: most of them are spoofed");
        flag("Spoofed", own.spoofed(), "there are many source addresses, nearly all used once");
        fact("Malformed fingerprinting probes", own.osProbes());
        RuleEvidence.Tool tool = own.tool();
        if (tool != null) {
            fact("Likely tool (a hint)", Format.text(tool.name()) + ": " + Format.text(tool.reason()));
        }
        fact("Packets", Words.count(evidence.packets()) + " (" + Words.bytes(evidence.bytes()) + ")");
        fact("Sensors", alert.observer().name());
        return facts;
    }

    private void tunnel(RuleEvidence.@Nullable Tunnel tunnel) {
        if (tunnel == null) {
            return;
        }
        fact("Combined score", tunnel.points());
        fact("Distinct payloads", tunnel.payloads());
        fact("Payloads found in replies only", tunnel.payloadsOnlyInReplies());
        fact("Echo requests with a payload", tunnel.requests());
        fact("Echo replies with a payload", tunnel.replies());
        fact("Distinct names that look encoded", tunnel.names());
        fact("Queries for them", tunnel.queries());
        fact("Responses to them", tunnel.answers());
        fact("NXDOMAIN responses", tunnel.refused());
        fact("Record types queried", tunnel.types());
        fact("Longest name below the domain, characters", tunnel.longestName());
        fact("Data to the responder, about", Words.bytes(tunnel.bytesUp()));
        fact("Data to the initiator, about", Words.bytes(tunnel.bytesDown()));
        fact("Mean size of distinct payloads, bytes", tunnel.meanSize());
        fact("Largest payload, bytes", tunnel.largest());
    }

    private void flood(RuleEvidence.@Nullable Flood flood) {
        if (flood == null) {
            return;
        }
        fact("Packet types", flood.kind());
        fact("Peak packets per second", flood.peakPerSecond());
        fact("Packets per second before, mean", flood.usualPerSecond());
        fact("Seconds of that baseline", flood.usualSeconds());
        fact("Incomplete handshakes, percent", flood.uncompletedPercent());
        fact("Single-packet sources, percent", flood.singleUsePercent());
    }

    private void login(RuleEvidence.@Nullable Login login) {
        if (login == null) {
            return;
        }
        fact("Service", login.service());
        fact("Completed conversations", login.conversations());
        fact("Of these, closed by the server first", login.endedByServer());
        fact("Mean bytes from the client", login.bytesOutEach());
        fact("Mean bytes from the server", login.bytesInEach());
    }

    private void volume(RuleEvidence.@Nullable Volume volume) {
        if (volume == null) {
            return;
        }
        fact("Packets in the busiest minute", volume.packets());
        fact("Sent in the busiest minute", Words.bytes(volume.bytes()));
        fact("Measure", volume.measure());
        fact("Median of its previous minutes", volume.ownMedian());
        fact("Previous minutes compared", volume.ownMinutes());
        fact("Times its own median", volume.timesOwn());
        fact("Other sources in that minute", volume.others());
        fact("Median of what they sent", volume.othersMedian());
        fact("Times the median of the others", volume.timesOthers());
    }

    private void limit(RuleEvidence.@Nullable Limit limit) {
        if (limit == null) {
            return;
        }
        fact("Limit", limit.name());
        fact("Counts", limit.counts());
        fact("Allowed in a window", limit.above());
        fact("Window in seconds", limit.windowS());
        fact("Source or network", limit.network());
        fact("Seen in the busiest window", limit.seen());
        fact("End of the busiest window", limit.busiestUntil());
    }

    private void intel(RuleEvidence.@Nullable Intel intel) {
        if (intel == null) {
            return;
        }
        fact("List", intel.list());
        fact("List category", intel.kind());
        fact("List entry", intel.entry());
        fact("Initiated by", intel.begunBy());
        fact("Answered", intel.established());
        fact("Connection attempts or queries", intel.tries());
        fact("Packets from the source", intel.packetsOut());
        fact("Bytes from the source", Words.bytes(intel.bytesOut()));
        fact("Packets to the source", intel.packetsIn());
        fact("Bytes to the source", Words.bytes(intel.bytesIn()));
        fact("Names queried", intel.names());
    }

    private void sensor(RuleEvidence.@Nullable SensorTrouble trouble) {
        if (trouble == null) {
            return;
        }
        fact("Problem", trouble.kind());
        fact("Value", trouble.value());
        fact("Resolution", trouble.end());
    }

    private void counts(RuleEvidence.FloodCounts counts) {
        fact("SYN retransmissions", counts.synRepeats());
        fact("SYNs with the options of an operating system's stack", counts.synOfStacks());
        fact("SYN-ACK replies", counts.synAnswered());
        fact("Refused SYNs", counts.synRefused());
        fact("Unsolicited TCP packets other than SYN", counts.tcpStray());
        fact("Backscatter packets", counts.backscatter());
        fact("UDP conversations opened", counts.udpBegun());
        fact("Of these, with a DNS query", counts.udpQuestions());
        fact("UDP datagrams in reply", counts.udpAnswered());
        fact("Refused UDP conversations", counts.udpRefused());
        fact("Datagrams to services that amplify", counts.amplifierAsked());
        fact("ICMP replies", counts.icmpAnswered());
    }

    private void topTargets(List<RuleEvidence.Target> top) {
        List<String> targets = top.stream()
                .map(target -> Format.text(target.ip()) + " (" + Words.count(target.count()) + ")")
                .toList();
        fact("Most of it went to", String.join(", ", targets));
    }

    private void claims(RuleEvidence.@Nullable Claims claims) {
        if (claims == null) {
            return;
        }
        for (RuleEvidence.Claim claim : claims.addresses()) {
            String owner = Format.text(claim.owner());
            String told = claim.everybody() ? "broadcast" : FindingReader.texts(claim.told(), LISTED);
            fact(
                    "Address claimed",
                    Format.text(claim.ip()) + (claim.gateway() ? ", the gateway," : "")
                            + " by " + Format.text(claim.claimedBy())
                            + (owner.isEmpty() ? "" : "; its owner is " + owner)
                            + (told.isEmpty() ? "" : "; sent to " + told));
        }
    }

    private void ports(Evidence.Ports ports) {
        if (ports.distinct() == 0) {
            return;
        }
        fact("Ports probed", ports.distinct());
        fact("Port list", ports.ranges());
        fact("Refused (closed)", ports.closed());
        fact("Response not visible", ports.unseen());
        fact("No response (filtered)", ports.filtered());
    }

    private void hosts(String label, Evidence.@Nullable Hosts hosts) {
        if (hosts != null && hosts.distinct() > 0) {
            String sample = FindingReader.texts(hosts.sample(), LISTED);
            fact(
                    label,
                    Words.count(hosts.distinct())
                            + (sample.isEmpty() ? "" : ": " + sample)
                            + (hosts.distinct() > hosts.sample().size() && !sample.isEmpty() ? ", …" : ""));
        }
    }

    private void flag(String label, @Nullable Boolean holds, String meaning) {
        if (Boolean.TRUE.equals(holds)) {
            fact(label, meaning);
        }
    }

    private void fact(String label, @Nullable Long number) {
        if (number != null) {
            fact(label, Words.count(number));
        }
    }

    private void fact(String label, boolean holds) {
        fact(label, holds ? "yes" : "no");
    }

    private void fact(String label, List<String> list) {
        fact(label, FindingReader.texts(list, LISTED));
    }

    private void fact(String label, String value) {
        String text = Format.text(value);
        if (!text.isEmpty()) {
            facts.add(new Fact(label, text));
        }
    }
}
