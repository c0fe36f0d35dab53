package io.tripline.rules.spoof;

import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A solicitation of neighbour discovery or an ARP request: who has an address?
 *
 * @param asker its MAC address, lower 48 bits
 * @param asked the address in question
 * @param probe whether the asker wants to know that nobody has it (RFC 4862, 5.4; RFC 5227, 2.1.1)
 */
public record Solicitation(long asker, Address asked, boolean probe) implements Comparable<Solicitation> {
    /** An order in which the lowest are a random sample; the same in every process. */
    @Override
    public int compareTo(Solicitation other) {
        int order = Long.compare(rank(), other.rank());
        order = order != 0 ? order : Long.compare(asker, other.asker);
        order = order != 0 ? order : asked.compareTo(other.asked);
        return order != 0 ? order : Boolean.compare(probe, other.probe);
    }

    private long rank() {
        return Hash.mix(Hash.mix(asked.high(), asked.low()), asker + (probe ? 1L << 48 : 0));
    }

    /** Writes it for a reader of the same version. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(asker);
        out.writeLong(asked.high());
        out.writeLong(asked.low());
        out.writeBoolean(probe);
    }

    /** Reads what {@link #write} wrote. */
    public static Solicitation read(DataInput in) throws IOException {
        return new Solicitation(in.readLong(), new Address(in.readLong(), in.readLong()), in.readBoolean());
    }
}
