package io.tripline.job.detect;

import io.tripline.job.activity.Probing;
import io.tripline.schemas.Address;
import java.util.List;
import java.util.SortedMap;

/**
 * What a rule has to say about an actor at one moment of an incident. All times are stream times in microseconds.
 *
 * @param rule identifier of the rule, as in the documents
 * @param stage where the incident stands
 * @param actor who did it
 * @param scope what the incident is about besides rule and actor, as it was when it opened; part of its identity
 * @param firstSeen first packet that belongs to it
 * @param crossed end of the second in which the threshold was crossed
 * @param lastSeen latest packet that belongs to it
 * @param changed when this finding was made
 * @param clockShift what to subtract from these times to get capture time
 * @param techniques probes by technique
 * @param services distinct services probed
 * @param serviceSample lowest of these
 * @param serviceRanges the same as text, shortened where it is long
 * @param openServices services that answered, lowest first
 * @param outcomes what became of the probes
 * @param hosts distinct targets
 * @param hostSample lowest of these
 * @param packets probing packets
 * @param bytes bytes on the wire of these
 * @param frames numbers of the first frames
 * @param sensors packets of the incident by sensor
 * @param approximate whether counts are estimates
 * @param answersSeen whether the tap showed answers to this actor; where false a silent port may well be open
 * @param reasons tests that led here
 */
public record Finding(
        String rule,
        Stage stage,
        Address actor,
        String scope,
        long firstSeen,
        long crossed,
        long lastSeen,
        long changed,
        long clockShift,
        SortedMap<Probing, Long> techniques,
        long services,
        List<Integer> serviceSample,
        String serviceRanges,
        List<Integer> openServices,
        Outcomes outcomes,
        long hosts,
        List<Address> hostSample,
        long packets,
        long bytes,
        List<Long> frames,
        SortedMap<String, Long> sensors,
        boolean approximate,
        boolean answersSeen,
        List<Reason> reasons) {

    /** Where an incident stands. */
    public enum Stage {
        OPENED,
        UPDATED,
        CLOSED
    }

    /** How many services or hosts were open, refused and silent. */
    public record Outcomes(long open, long closed, long silent) {}
}
