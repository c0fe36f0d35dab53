package io.tripline.rules;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.Standing;
import io.tripline.rules.codec.BasicCodecs;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.CodecTable;
import io.tripline.rules.engine.Late;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import java.util.ArrayList;
import java.util.List;

/** Codecs of all that the rules take in, remember and tell; but for what is remembered of actors, which is read by whoever can tell what is skipped. */
public final class RuleCodecs implements CodecTable {
    public static final Codec<Finding> FINDING =
            Codec.of("finding", 1, Finding.class, Finding::write, in -> Finding.read(in, Rules::readDetail));

    /** It holds a finding, so its version changes with that of {@link #FINDING}. */
    public static final Codec<Standing> STANDING =
            Codec.of("standing", 1, Standing.class, Standing::write, in -> Standing.read(in, Rules::readDetail));

    @Override
    public List<Codec<?>> codecs() {
        List<Codec<?>> all = new ArrayList<>(List.of(
                BasicCodecs.ADDRESS,
                BasicCodecs.NAME,
                Activity.CODEC,
                IndicatorEvent.CODEC,
                TrafficMinute.CODEC,
                FINDING,
                STANDING,
                Alert.CODEC,
                Late.CODEC));
        for (Subject<?, ?, ?> subject : Subjects.ALL) {
            if (!all.contains(subject.key())) {
                all.add(subject.key());
            }
            all.add(subject.part());
            all.add(subject.state());
        }
        return List.copyOf(all);
    }
}
