package io.tripline.job.stream;

import io.tripline.rules.spoof.Segment;
import io.tripline.rules.spoof.SegmentFold;
import io.tripline.rules.spoof.SegmentSecond;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.spoof.ArpSpoof;
import io.tripline.rules.spoof.SegmentHistory;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.SubjectState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.util.OutputTag;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** Types of the rules about who is where on a segment. */
public final class NeighbourTypes {
    static final CodecTypeInfo<Segment> SEGMENT = new CodecTypeInfo<>(new SegmentCodec());
    static final CodecTypeInfo<SegmentSecond> SEGMENT_SECOND = new CodecTypeInfo<>(new SegmentSecondCodec());
    static final CodecTypeInfo<SubjectState<SegmentSecond, SegmentHistory>> SEGMENT_STATE =
            new CodecTypeInfo<>(new SegmentStateCodec());

    /** Segments, judged by {@link ArpSpoof}. */
    static final Subject<Segment, SegmentSecond, SegmentHistory> SEGMENTS = new Subject<>(
            ArpSpoof.UID,
            "rules about segments",
            SEGMENT,
            SEGMENT_STATE,
            new OutputTag<>("segment-seconds", SEGMENT_SECOND),
            SegmentFold::new,
            (settings, trials) -> new ArpSpoof(settings.thresholds(ArpSpoof.RULE, ArpSpoof.Settings.class), trials));

    private NeighbourTypes() {}

    /** See {@link Segment}. */
    public static final class SegmentCodec implements Codec<Segment> {
        private static final Format FORMAT = Format.of("segment", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<Segment> type() {
            return Segment.class;
        }

        @Override
        public void write(Segment segment, DataOutput out) throws IOException {
            Stored.writeText(segment.name(), out);
            out.writeInt(segment.vlan());
        }

        @Override
        public Segment read(DataInput in) throws IOException {
            return new Segment(Stored.readText(in), in.readInt());
        }
    }

    /** See {@link SegmentSecond}. */
    public static final class SegmentSecondCodec implements Codec<SegmentSecond> {
        private static final Format FORMAT = Format.of("segment-second", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<SegmentSecond> type() {
            return SegmentSecond.class;
        }

        @Override
        public void write(SegmentSecond part, DataOutput out) throws IOException {
            part.write(out);
        }

        @Override
        public SegmentSecond read(DataInput in) throws IOException {
            return SegmentSecond.read(in);
        }
    }

    /** See {@link SegmentHistory}. */
    public static final class SegmentStateCodec extends SubjectStateCodec<SegmentSecond, SegmentHistory> {
        private static final Format FORMAT = Format.of("segment-state", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        protected Codec<SegmentSecond> parts() {
            return new SegmentSecondCodec();
        }

        @Override
        protected SubjectDetector<?, SegmentSecond, SegmentHistory> detector() {
            return new ArpSpoof(ArpSpoof.Settings.DEFAULT);
        }
    }
}
