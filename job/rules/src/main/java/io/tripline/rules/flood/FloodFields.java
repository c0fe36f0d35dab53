package io.tripline.rules.flood;

import io.tripline.rules.flood.Arrivals.Kind;
import io.tripline.rules.flood.Inflow.Count;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What alerts about floods have besides what all have. */
final class FloodFields {
    private FloodFields() {}

    static RuleEvidence of(Finding finding) {
        FloodEvidence flood = FloodMessage.evidence(finding);
        return new RuleEvidenceBuilder()
                .spoofed(flood.spoofed())
                .flood(new RuleEvidence.Flood(
                        flood.kind().name().toLowerCase(Locale.ROOT),
                        flood.peakPerSecond(),
                        flood.coldStart() ? null : (Long) flood.usualPerSecond(),
                        flood.usualSeconds(),
                        flood.kind() == Kind.SYN ? (Long) flood.halfOpenPercent() : null,
                        flood.singlePercent(),
                        counts(flood)))
                .build();
    }

    private static RuleEvidence.FloodCounts counts(FloodEvidence flood) {
        return new RuleEvidence.FloodCounts(
                count(flood, Count.SYN_REPEATS),
                count(flood, Count.SYN_OF_STACKS),
                count(flood, Count.SYN_ANSWERED),
                count(flood, Count.SYN_REFUSED),
                count(flood, Count.TCP_STRAY),
                count(flood, Count.BACKSCATTER),
                count(flood, Count.UDP_BEGUN),
                count(flood, Count.UDP_QUESTIONS),
                count(flood, Count.UDP_ANSWERED),
                count(flood, Count.UDP_REFUSED),
                count(flood, Count.AMPLIFIER_ASKED),
                count(flood, Count.ICMP_ANSWERED));
    }

    private static @Nullable Long count(FloodEvidence flood, Count count) {
        long packets = flood.count(count);
        return packets > 0 ? packets : null;
    }
}
