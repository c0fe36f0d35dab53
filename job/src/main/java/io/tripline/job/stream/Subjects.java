package io.tripline.job.stream;

import io.tripline.rules.engine.Fold;
import io.tripline.rules.volume.SegmentVolumes;
import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.distributedscan.DistributedScan;
import io.tripline.rules.sensor.SensorPresence;
import io.tripline.rules.volume.VolumeOutlier;
import io.tripline.rules.volume.VolumeState;
import io.tripline.rules.JobSettings;
import io.tripline.schemas.Address;
import java.util.List;
import org.apache.flink.util.OutputTag;

/** All kinds of subject that rules are about, besides actors. */
public final class Subjects {
    /** Targets that sources try in vain; their parts come from the rules about actors, who know what became of a probe. */
    public static final Subject<Address, TargetProbes, DistributedScan.State> TARGETS = new Subject<>(
            DistributedScan.UID,
            "rules about scanned targets",
            Types.ADDRESS,
            TargetTypes.STATE,
            new OutputTag<>("target-probes", TargetTypes.PROBES),
            parts -> Fold.NONE,
            (settings, trials) -> new DistributedScan(
                    settings.thresholds(DistributedScan.RULE, DistributedScan.Settings.class), trials));

    /** Network segments by what they carry. Their parts come from the fold that counts all traffic, so that no packet is counted twice. */
    public static final Subject<String, SegmentVolumes, VolumeState> SEGMENT = new Subject<>(
            VolumeOutlier.UID,
            "rules about volume",
            SegmentTypes.NAME,
            SegmentTypes.STATE,
            new OutputTag<>("segment-volumes", SegmentTypes.SECOND),
            parts -> Fold.NONE,
            (settings, trials) ->
                    new VolumeOutlier(settings.thresholds(VolumeOutlier.RULE, VolumeOutlier.Settings.class), trials));

    public static final List<Subject<?, ?, ?>> ALL = List.of(
            TARGETS,
            InflowTypes.TARGETS,
            NeighbourTypes.SEGMENTS,
            TunnelTypes.ECHO_PAIRS,
            TunnelTypes.CLIENT_DOMAINS,
            SEGMENT,
            IntelTypes.SUBJECT,
            SensorTypes.SENSORS,
            SensorTypes.ALL_SENSORS);

    private Subjects() {}

    /** Whether its parts are what actors tried in vain, which is known only after these were judged. */
    public static boolean isFedByActors(Subject<?, ?, ?> subject) {
        return subject.uid().equals(TARGETS.uid());
    }

    /** Whether its parts come from the fold that counts all traffic. */
    public static boolean isFedByTraffic(Subject<?, ?, ?> subject) {
        return subject.uid().equals(SEGMENT.uid());
    }

    /** Whether one fold serves all sensors, since no packets are summed; otherwise each sensor has its own. */
    public static boolean isAboutAllSensors(Subject<?, ?, ?> subject) {
        return subject.uid().equals(SensorPresence.UID);
    }

    /** Those of which a rule is on; the others are not even folded. */
    public static List<Subject<?, ?, ?>> on(JobSettings settings) {
        return ALL.stream().filter(subject -> settings.isAnyOn(subject.uid())).toList();
    }
}
