package io.tripline.schemas.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What alerts of one rule have besides what all have. A rule fills in its own, with a {@link RuleEvidenceBuilder}; the
 * others are null, empty where they are text or lists, and not written.
 *
 * @param intel a match with a list of addresses or names
 * @param tool likely tool of a scan
 * @param decoys whether most sources of a scan are decoys
 * @param osProbes malformed packets of operating system fingerprinting
 * @param login repeated log-ins
 * @param spoofed whether the sources of a flood are
 * @param flood packets of a flood
 * @param claims addresses that were claimed on a segment
 * @param volume how much a source sent
 * @param limit a limit of the user's own
 * @param sensorTrouble what is wrong with a sensor
 * @param channel what a tunnel lies in: {@code icmp-echo} or {@code dns}
 * @param domain of a tunnel in DNS
 * @param tunnel messages of a tunnel
 * @param entropy of a tunnel's payloads, as a share of the most that their length allows
 */
public record RuleEvidence(
        @Nullable Intel intel,
        @Nullable Tool tool,
        @Nullable Boolean decoys,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> osProbes,
        @Nullable Login login,
        @Nullable Boolean spoofed,
        @Nullable Flood flood,
        @Nullable Claims claims,
        @Nullable Volume volume,
        @Nullable Limit limit,
        @Nullable SensorTrouble sensorTrouble,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String channel,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String domain,
        @Nullable Tunnel tunnel,
        @Nullable Double entropy) {
    /** Nothing. */
    public static final RuleEvidence NONE =
            new RuleEvidence(null, null, null, List.of(), null, null, null, null, null, null, null, "", "", null, null);

    /**
     * A match with a list.
     *
     * @param begunBy {@code host} or {@code listed}
     * @param tries attempts to connect, or queries
     * @param names that were queried, some
     */
    public record Intel(
            String list,
            String kind,
            String entry,
            String begunBy,
            boolean established,
            long tries,
            long packetsOut,
            long bytesOut,
            long packetsIn,
            long bytesIn,
            List<String> names) {}

    /** A likely tool, and what speaks for it. */
    public record Tool(String name, String reason) {}

    /**
     * Log-ins over and over.
     *
     * @param bytesOutEach from the client in one conversation, mean
     */
    public record Login(String service, long conversations, long endedByServer, long bytesOutEach, long bytesInEach) {}

    /**
     * A flood.
     *
     * @param usualPerSecond packets a second before, mean; null where nothing was seen before
     * @param uncompletedPercent handshakes that were never completed; null where it is not about handshakes
     * @param singleUsePercent sources that sent one packet
     */
    public record Flood(
            String kind,
            long peakPerSecond,
            @Nullable Long usualPerSecond,
            long usualSeconds,
            @Nullable Long uncompletedPercent,
            long singleUsePercent,
            FloodCounts counts) {
        /** Counts are there, whatever was read. */
        public Flood {
            counts = Objects.requireNonNullElse(counts, FloodCounts.NONE);
        }
    }

    /** Packets of a flood by what they are; null where there are none. */
    public record FloodCounts(
            @Nullable Long synRepeats,
            @Nullable Long synOfStacks,
            @Nullable Long synAnswered,
            @Nullable Long synRefused,
            @Nullable Long tcpStray,
            @Nullable Long backscatter,
            @Nullable Long udpBegun,
            @Nullable Long udpQuestions,
            @Nullable Long udpAnswered,
            @Nullable Long udpRefused,
            @Nullable Long amplifierAsked,
            @Nullable Long icmpAnswered) {
        static final FloodCounts NONE =
                new FloodCounts(null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /**
     * Who claimed addresses of others.
     *
     * @param distinct addresses
     * @param claimants devices
     * @param signs what speaks against them
     */
    public record Claims(
            String segment,
            long vlan,
            long distinct,
            long owners,
            long claimants,
            List<String> signs,
            List<Claim> addresses) {}

    /**
     * One address that was claimed.
     *
     * @param owner whose it was; empty where nobody had it
     * @param everybody whether all on the segment were told
     * @param told who was told, some
     */
    public record Claim(
            String ip,
            String claimedBy,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String owner,
            boolean gateway,
            long replies,
            long broadcasts,
            long requests,
            long answers,
            boolean everybody,
            List<String> told) {}

    /**
     * What a source sent in its busiest minute.
     *
     * @param measure which of the two is out of the ordinary
     * @param ownMedian of its previous minutes; null where there are too few
     * @param others sources in the same minute; null where there are none
     */
    public record Volume(
            long packets,
            long bytes,
            String measure,
            @Nullable Long ownMedian,
            @Nullable Long ownMinutes,
            @Nullable Long timesOwn,
            @Nullable Long others,
            @Nullable Long othersMedian,
            @Nullable Long timesOthers) {}

    /** A limit of the user's own, and what passed it. */
    public record Limit(
            String name,
            String counts,
            long above,
            long windowS,
            String network,
            long seen,
            String busiestUntil,
            List<Target> topTargets) {}

    /** A target, with how much of what is limited went to it. */
    public record Target(String ip, long count) {}

    /**
     * What is wrong with a sensor.
     *
     * @param end how it came to an end; empty while it goes on
     */
    public record SensorTrouble(
            String kind,
            long value,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String end) {}

    /**
     * Messages of a tunnel: names of one in DNS, payloads of one in ICMP.
     *
     * @param points combined score
     */
    public record Tunnel(
            long points,
            @Nullable Long payloads,
            @Nullable Long payloadsOnlyInReplies,
            @Nullable Long requests,
            @Nullable Long replies,
            @Nullable Long names,
            @Nullable Long queries,
            @Nullable Long answers,
            @Nullable Long refused,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> types,
            @Nullable Long longestName,
            long bytesUp,
            long bytesDown,
            @Nullable Long meanSize,
            @Nullable Long largest) {}
}
