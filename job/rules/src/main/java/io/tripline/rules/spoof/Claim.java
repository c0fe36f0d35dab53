package io.tripline.rules.spoof;

import io.tripline.schemas.Address;
import io.tripline.schemas.Hash;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Somebody says that an address is at a hardware address. MAC addresses are the lower 48 bits.
 *
 * @param address the protocol address
 * @param mac where it is said to be
 * @param device who says so, by the link-layer header; {@code mac} where the link has none
 * @param toldMac the one host told; 0 where everybody or nobody knows
 * @param told the protocol address of who was told or asked; {@link #NOBODY} where it is not known
 */
public record Claim(Address address, long mac, long device, ClaimKind kind, long toldMac, Address told)
        implements Comparable<Claim> {
    /** No address. */
    public static final Address NOBODY = new Address(0, 0);

    /** An order in which the lowest are a random sample; the same in every process. */
    @Override
    public int compareTo(Claim other) {
        int order = Long.compare(rank(), other.rank());
        order = order != 0 ? order : address.compareTo(other.address);
        order = order != 0 ? order : Long.compare(mac, other.mac);
        order = order != 0 ? order : Long.compare(device, other.device);
        order = order != 0 ? order : kind.compareTo(other.kind);
        order = order != 0 ? order : Long.compare(toldMac, other.toldMac);
        return order != 0 ? order : told.compareTo(other.told);
    }

    private long rank() {
        long hash = Hash.mix(address.high(), address.low());
        hash = Hash.mix(hash ^ mac, device);
        return Hash.mix(hash ^ toldMac ^ kind.code(), Hash.mix(told.high(), told.low()));
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(address.high());
        out.writeLong(address.low());
        out.writeLong(mac);
        out.writeLong(device);
        out.writeByte(kind.code());
        out.writeLong(toldMac);
        out.writeLong(told.high());
        out.writeLong(told.low());
    }

    static Claim read(DataInput in) throws IOException {
        Address address = new Address(in.readLong(), in.readLong());
        long mac = in.readLong();
        long device = in.readLong();
        ClaimKind kind = ClaimKind.ofCode(in.readUnsignedByte());
        return new Claim(address, mac, device, kind, in.readLong(), new Address(in.readLong(), in.readLong()));
    }
}
