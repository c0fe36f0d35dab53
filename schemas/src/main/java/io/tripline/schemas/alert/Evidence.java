package io.tripline.schemas.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The object {@code tripline} of an alert: evidence and advice, which the Elastic Common Schema has no fields for.
 *
 * @param allowedBy the entry of the settings that keeps it from being raised; null where it is raised
 * @param allowLapsed the entry that would keep it from being raised, had it not lapsed; null where none would
 * @param closedBecause why it is closed though it may go on; empty where it is not, or is over
 * @param sources who took part; null where the rule tells of one source
 * @param own what the rule has besides what all have; its fields stand beside the others
 * @param packets that belong to it
 * @param bytes in these packets
 * @param confidence percent, 1 to 100
 * @param approximate whether counts are estimates
 * @param spoofable whether no packet proves that the source address is genuine
 * @param frames numbers of the first packets in the capture
 * @param detected when the threshold was crossed
 * @param timeToDetectMs from there to the first document, milliseconds; null in others and in files
 */
public record Evidence(
        @Nullable Allow allowedBy,
        @Nullable Allow allowLapsed,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String closedBecause,
        @Nullable Hosts sources,
        @JsonUnwrapped RuleEvidence own,
        List<Technique> techniques,
        Ports ports,
        Hosts targets,
        long packets,
        long bytes,
        List<Test> reasons,
        long confidence,
        Score score,
        boolean approximate,
        boolean spoofable,
        List<Sensor> sensors,
        List<Long> frames,
        String firstSeen,
        String detected,
        @Nullable Long timeToDetectMs,
        List<Action> actions) {
    static final Evidence NONE = new Evidence(
            null,
            null,
            "",
            null,
            RuleEvidence.NONE,
            List.of(),
            Ports.NONE,
            Hosts.NONE,
            0,
            0,
            List.of(),
            0,
            Score.NONE,
            false,
            false,
            List.of(),
            List.of(),
            "",
            "",
            null,
            List.of());

    /** Objects that every document has are there, whatever was read. */
    public Evidence {
        own = Objects.requireNonNullElse(own, RuleEvidence.NONE);
        ports = Objects.requireNonNullElse(ports, Ports.NONE);
        targets = Objects.requireNonNullElse(targets, Hosts.NONE);
        score = Objects.requireNonNullElse(score, Score.NONE);
    }

    /**
     * An entry of the settings that allows what it describes.
     *
     * @param expires last day on which it does, {@code 2027-01-31}
     */
    public record Allow(String entry, String owner, String reason, String expires) {}

    /**
     * Hosts, counted.
     *
     * @param sample some of them
     */
    public record Hosts(long distinct, List<String> sample) {
        static final Hosts NONE = new Hosts(0, List.of());
    }

    /** How services were probed, and how often. */
    public record Technique(String name, long probes) {}

    /**
     * Ports or IP protocols that were probed.
     *
     * @param sample numbers of some
     * @param open numbers of those that accepted
     * @param closed how many refused
     * @param filtered how many did not answer; null where answers cannot be seen
     * @param unseen how many answers cannot be seen; null where they can
     * @param ranges all of them as text, with transports
     */
    public record Ports(
            long distinct,
            List<Long> sample,
            List<Long> open,
            long closed,
            @Nullable Long filtered,
            @Nullable Long unseen,
            String ranges) {
        static final Ports NONE = new Ports(0, List.of(), List.of(), 0, null, null, "");
    }

    /** A test that was passed: its value was more than its threshold. */
    public record Test(String test, long value, long threshold) {}

    /** What risk and confidence are made of. */
    public record Score(List<Part> risk, List<Part> confidence) {
        static final Score NONE = new Score(List.of(), List.of());
    }

    /** What one circumstance adds or takes. */
    public record Part(String reason, long points) {}

    /**
     * A sensor that saw it.
     *
     * @param packets of the incident that it saw
     * @param dropped packets it lost; null where that is not what the alert is about
     * @param clockOffsetMs by how much its clock is ahead, milliseconds; null where it is right or not known
     */
    public record Sensor(
            String id,
            long packets,
            @Nullable Long dropped,
            @Nullable Long clockOffsetMs) {}

    /**
     * Something that people are advised to do.
     *
     * @param command a shell command for it; empty where there is none
     */
    public record Action(
            String title,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String command) {}
}
