package io.tripline.job.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a finding of one sort of rule has to say besides what all findings say. */
public sealed interface Detail
        permits Detail.None,
                ToolHint,
                DistributedDetail,
                OsProbes,
                LogIns,
                FloodEvidence,
                ClaimEvidence,
                SensorEvidence,
                VolumeEvidence,
                EchoDetail,
                NameDetail,
                IntelEvidence {
    /** Nothing. */
    None NONE = new None();

    /** Written before a detail, so that a reader knows which follows. Numbers are never reused. */
    int code();

    /** Writes it for a reader of the same version. */
    void write(DataOutput out) throws IOException;

    /**
     * Reads what {@link Finding#write} wrote: its {@link #code} and itself.
     *
     * @throws IOException if the bytes end early or hold what no detail can hold
     */
    static Detail read(DataInput in) throws IOException {
        int code = in.readInt();
        return switch (code) {
            case 0 -> NONE;
            case ToolHint.CODE -> ToolHint.read(in);
            case DistributedDetail.CODE -> DistributedDetail.read(in);
            case OsProbes.CODE -> OsProbes.read(in);
            case LogIns.CODE -> LogIns.read(in);
            case FloodEvidence.CODE -> FloodEvidence.read(in);
            case ClaimEvidence.CODE -> ClaimEvidence.read(in);
            case SensorEvidence.CODE -> SensorEvidence.read(in);
            case VolumeEvidence.CODE -> VolumeEvidence.read(in);
            case EchoDetail.CODE -> EchoDetail.read(in);
            case NameDetail.CODE -> NameDetail.read(in);
            case 50 -> IntelEvidence.read(in);
            default -> throw new IOException("no detail has the number " + code);
        };
    }

    /** See {@link #NONE}. */
    record None() implements Detail {
        @Override
        public int code() {
            return 0;
        }

        @Override
        public void write(DataOutput out) {
            // There is nothing.
        }
    }
}
