package io.tripline.job.stream;

import io.tripline.rules.probe.distributedscan.TargetProbes;
import io.tripline.rules.probe.distributedscan.DistributedScan;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** Type information of what is told and remembered about targets that sources try in vain. */
public final class TargetTypes {
    public static final CodecTypeInfo<TargetProbes> PROBES = new CodecTypeInfo<>(new ProbesCodec());
    public static final CodecTypeInfo<SubjectState<TargetProbes, DistributedScan.State>> STATE =
            new CodecTypeInfo<>(new StateCodec());

    private TargetTypes() {}

    /** See {@link TargetProbes}. */
    public static final class ProbesCodec implements Codec<TargetProbes> {
        private static final Format FORMAT = Format.of("target-probes", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<TargetProbes> type() {
            return TargetProbes.class;
        }

        @Override
        public void write(TargetProbes probes, DataOutput out) throws IOException {
            probes.write(out);
        }

        @Override
        public TargetProbes read(DataInput in) throws IOException {
            return TargetProbes.read(in);
        }
    }

    /** See {@link DistributedScan.State}. */
    public static final class StateCodec extends SubjectStateCodec<TargetProbes, DistributedScan.State> {
        private static final Format FORMAT = Format.of("target-state", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<TargetProbes> parts() {
            return new ProbesCodec();
        }

        @Override
        protected SubjectDetector<?, TargetProbes, DistributedScan.State> detector() {
            return new DistributedScan(DistributedScan.Settings.DEFAULT);
        }
    }
}
