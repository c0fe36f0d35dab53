package io.tripline.job.stream;

import io.tripline.rules.Details;
import io.tripline.rules.alert.Standing;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Format;

/** Type information of what is remembered of open incidents. */
public final class IncidentTypes {
    public static final CodecTypeInfo<Standing> STANDING = new CodecTypeInfo<>(new StandingCodec());

    private IncidentTypes() {}

    /** See {@link Standing}. It holds a finding, so its version changes with that of {@link Types.FindingCodec}. */
    public static final class StandingCodec implements Codec<Standing> {
        private static final Format FORMAT = Format.of("standing", 1);

        @Override
        public Format format() {
            return FORMAT;
        }

        @Override
        public Class<Standing> type() {
            return Standing.class;
        }

        @Override
        public void write(Standing standing, DataOutput out) throws IOException {
            standing.write(out);
        }

        @Override
        public Standing read(DataInput in) throws IOException {
            return Standing.read(in, Details::read);
        }
    }
}
