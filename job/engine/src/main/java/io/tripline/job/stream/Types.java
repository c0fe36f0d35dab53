package io.tripline.job.stream;

import io.tripline.rules.RuleCodecs;
import io.tripline.rules.Rules;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.Standing;
import io.tripline.rules.codec.BasicCodecs;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.CodecTable;
import io.tripline.rules.engine.Late;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.ActorState;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.Address;
import java.util.List;
import org.apache.flink.util.OutputTag;

/** Type information of all that flows through the job or is kept in its state. */
public final class Types {
    public static final CodecTypeInfo<Address> ADDRESS = new CodecTypeInfo<>(BasicCodecs.ADDRESS);
    public static final CodecTypeInfo<Activity> ACTIVITY = new CodecTypeInfo<>(Activity.CODEC);
    public static final CodecTypeInfo<IndicatorEvent> INDICATOR_EVENT = new CodecTypeInfo<>(IndicatorEvent.CODEC);
    public static final CodecTypeInfo<TrafficMinute> TRAFFIC_MINUTE = new CodecTypeInfo<>(TrafficMinute.CODEC);
    public static final CodecTypeInfo<Finding> FINDING = new CodecTypeInfo<>(RuleCodecs.FINDING);
    public static final CodecTypeInfo<Standing> STANDING = new CodecTypeInfo<>(RuleCodecs.STANDING);
    public static final CodecTypeInfo<Alert> ALERT = new CodecTypeInfo<>(Alert.CODEC);

    /** Where what was not judged goes. */
    public static final OutputTag<Late> LATE = new OutputTag<>("late", new CodecTypeInfo<>(Late.CODEC));

    private static final ActorRules ACTOR_RULES = Rules.aboutActors();

    /** Thresholds are not part of what is stored. */
    private static final Codec<ActorState> ACTOR_STATE_CODEC = Codec.of(
            "actor-state", 1, ActorState.class, ACTOR_RULES::write, in -> ACTOR_RULES.read(in, GoneRules::skipped));

    public static final CodecTypeInfo<ActorState> ACTOR_STATE = new CodecTypeInfo<>(ACTOR_STATE_CODEC);

    private Types() {}

    /** What only the job keeps. */
    public static final class Table implements CodecTable {
        @Override
        public List<Codec<?>> codecs() {
            return List.of(ACTOR_STATE_CODEC, MinuteKey.CODEC);
        }
    }
}
