package io.tripline.rules.probe.distributedscan;

import io.tripline.rules.incident.Detail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How several sources share a scan.
 *
 * @param decoys whether they probe the same services at the same instants, so that most of the addresses are false
 */
public record DistributedDetail(boolean decoys) implements Detail {
    public static final Kind KIND = new Kind(11, DistributedDetail::read);

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeBoolean(decoys);
    }

    public static DistributedDetail read(DataInput in) throws IOException {
        return new DistributedDetail(in.readBoolean());
    }
}
