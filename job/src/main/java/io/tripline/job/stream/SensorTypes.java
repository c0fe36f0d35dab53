package io.tripline.job.stream;

import io.tripline.job.activity.SensorSecond;
import io.tripline.job.detect.SensorHealth;
import io.tripline.job.detect.SubjectState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Type information of what rules about sensors take and remember. */
public final class SensorTypes {
    public static final CodecTypeInfo<SensorSecond> SECOND = new CodecTypeInfo<>(new SecondCodec());
    public static final CodecTypeInfo<SubjectState<SensorSecond, SensorHealth.State>> STATE =
            new CodecTypeInfo<>(new StateCodec());

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
}
