package io.tripline.rules;

import io.tripline.rules.flood.FloodEvidence;
import io.tripline.rules.incident.Detail;
import io.tripline.rules.intel.IntelEvidence;
import io.tripline.rules.probe.ToolHint;
import io.tripline.rules.probe.bruteforce.LogIns;
import io.tripline.rules.probe.distributedscan.DistributedDetail;
import io.tripline.rules.probe.osfingerprint.OsProbes;
import io.tripline.rules.sensor.SensorEvidence;
import io.tripline.rules.spoof.ClaimEvidence;
import io.tripline.rules.tunnel.dns.NameDetail;
import io.tripline.rules.tunnel.icmp.EchoDetail;
import io.tripline.rules.volume.VolumeEvidence;
import java.io.DataInput;
import java.io.IOException;

/** The details that findings of all rules carry, by the number that stands before each where it is stored. */
public final class Details {
    private Details() {}

    /** See {@link Detail.Reader#read}. */
    public static Detail read(int code, DataInput in) throws IOException {
        return switch (code) {
            case 0 -> Detail.NONE;
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
            case IntelEvidence.CODE -> IntelEvidence.read(in);
            default -> throw new IOException("no detail has the number " + code);
        };
    }
}
