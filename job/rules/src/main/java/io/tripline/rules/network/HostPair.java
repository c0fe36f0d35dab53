package io.tripline.rules.network;

import io.tripline.rules.codec.Codec;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Two hosts of which one asks the other. */
public record HostPair(Address initiator, Address responder) implements Comparable<HostPair> {
    public static final Codec<HostPair> CODEC =
            Codec.of("host-pair", 1, HostPair.class, HostPair::write, HostPair::read);

    @Override
    public int compareTo(HostPair other) {
        int byInitiator = initiator.compareTo(other.initiator);
        return byInitiator != 0 ? byInitiator : responder.compareTo(other.responder);
    }

    @Override
    public String toString() {
        return initiator + " to " + responder;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(initiator.high());
        out.writeLong(initiator.low());
        out.writeLong(responder.high());
        out.writeLong(responder.low());
    }

    public static HostPair read(DataInput in) throws IOException {
        return new HostPair(new Address(in.readLong(), in.readLong()), new Address(in.readLong(), in.readLong()));
    }
}
