package io.tripline.job.stream;

import io.tripline.rules.volume.SegmentVolumes;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.volume.VolumeOutlier;
import io.tripline.rules.volume.VolumeState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** Type information of what rules about segments take and remember. */
public final class SegmentTypes {
    /** Names of segments and sensors. */
    public static final CodecTypeInfo<String> NAME = new CodecTypeInfo<>(new NameCodec());

    public static final CodecTypeInfo<SegmentVolumes> SECOND = new CodecTypeInfo<>(new SecondCodec());
    public static final CodecTypeInfo<SubjectState<SegmentVolumes, VolumeState>> STATE =
            new CodecTypeInfo<>(new StateCodec());

    private SegmentTypes() {}

    /** A name as text. */
    public static final class NameCodec implements Codec<String> {
        private static final Format FORMAT = Format.of("name", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public void write(String name, DataOutput out) throws IOException {
            Stored.writeText(name, out);
        }

        @Override
        public String read(DataInput in) throws IOException {
            return Stored.readText(in);
        }
    }

    /** See {@link SegmentVolumes}. */
    public static final class SecondCodec implements Codec<SegmentVolumes> {
        private static final Format FORMAT = Format.of("segment-volumes", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<SegmentVolumes> type() {
            return SegmentVolumes.class;
        }

        @Override
        public void write(SegmentVolumes second, DataOutput out) throws IOException {
            second.write(out);
        }

        @Override
        public SegmentVolumes read(DataInput in) throws IOException {
            return SegmentVolumes.read(in);
        }
    }

    /** See {@link VolumeState}. */
    public static final class StateCodec extends SubjectStateCodec<SegmentVolumes, VolumeState> {
        private static final Format FORMAT = Format.of("volume-state", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<SegmentVolumes> parts() {
            return new SecondCodec();
        }

        @Override
        protected VolumeOutlier detector() {
            return new VolumeOutlier(VolumeOutlier.Settings.DEFAULT);
        }
    }
}
