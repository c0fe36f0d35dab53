package io.tripline.job.stream;

import io.tripline.rules.sensor.PresenceFold;
import io.tripline.rules.sensor.PresenceSecond;
import io.tripline.rules.sensor.SensorFold;
import io.tripline.rules.sensor.SensorSecond;
import io.tripline.rules.sensor.ListedSensors;
import io.tripline.rules.sensor.SensorHealth;
import io.tripline.rules.sensor.SensorPresence;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.engine.Trials;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.util.OutputTag;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** Type information of what rules about sensors take and remember. */
public final class SensorTypes {
    public static final CodecTypeInfo<SensorSecond> SECOND = new CodecTypeInfo<>(new SecondCodec());
    public static final CodecTypeInfo<SubjectState<SensorSecond, SensorHealth.State>> STATE =
            new CodecTypeInfo<>(new StateCodec());

    public static final CodecTypeInfo<PresenceSecond> PRESENCE = new CodecTypeInfo<>(new PresenceCodec());

    /** Sensors as they report, each for itself. */
    static final Subject<String, SensorSecond, SensorHealth.State> SENSORS = new Subject<>(
            SensorHealth.UID,
            "rules about sensors",
            SegmentTypes.NAME,
            STATE,
            new OutputTag<>("sensor-seconds", SECOND),
            SensorFold::new,
            (settings, trials) ->
                    new SensorHealth(settings.thresholds(SensorHealth.RULE, SensorHealth.Settings.class), trials));

    /** All sensors together: who is there. */
    static final Subject<String, PresenceSecond, SensorPresence.State> ALL_SENSORS = new Subject<>(
            SensorPresence.UID,
            "rules about who is silent",
            SegmentTypes.NAME,
            new CodecTypeInfo<>(new PresenceStateCodec()),
            new OutputTag<>("presence-seconds", PRESENCE),
            PresenceFold::new,
            (settings, trials) -> new SensorPresence(
                    settings.thresholds(SensorHealth.RULE, SensorHealth.Settings.class), settings.sensors(), trials));

    private SensorTypes() {}

    /** See {@link SensorSecond}. */
    public static final class SecondCodec implements Codec<SensorSecond> {
        private static final Format FORMAT = Format.of("sensor-second", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<SensorSecond> type() {
            return SensorSecond.class;
        }

        @Override
        public void write(SensorSecond second, DataOutput out) throws IOException {
            second.write(out);
        }

        @Override
        public SensorSecond read(DataInput in) throws IOException {
            return SensorSecond.read(in);
        }
    }

    /** See {@link SensorHealth.State}. */
    public static final class StateCodec extends SubjectStateCodec<SensorSecond, SensorHealth.State> {
        private static final Format FORMAT = Format.of("sensor-state", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<SensorSecond> parts() {
            return new SecondCodec();
        }

        @Override
        protected SensorHealth detector() {
            return new SensorHealth(SensorHealth.Settings.DEFAULT);
        }
    }

    /** See {@link PresenceSecond}. */
    public static final class PresenceCodec implements Codec<PresenceSecond> {
        private static final Format FORMAT = Format.of("presence-second", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<PresenceSecond> type() {
            return PresenceSecond.class;
        }

        @Override
        public void write(PresenceSecond second, DataOutput out) throws IOException {
            second.write(out);
        }

        @Override
        public PresenceSecond read(DataInput in) throws IOException {
            return PresenceSecond.read(in);
        }
    }

    /** See {@link SensorPresence.State}. */
    public static final class PresenceStateCodec extends SubjectStateCodec<PresenceSecond, SensorPresence.State> {
        private static final Format FORMAT = Format.of("presence-state", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<PresenceSecond> parts() {
            return new PresenceCodec();
        }

        @Override
        protected SensorPresence detector() {
            return new SensorPresence(SensorHealth.Settings.DEFAULT, ListedSensors.NONE, Trials.NONE);
        }
    }
}
