package io.tripline.rules.spoof;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Detail;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which addresses a device claimed, and whose they are.
 *
 * @param segment where
 * @param vlan 0 where untagged
 * @param claims by address, at most {@link #LISTED}
 * @param addresses how many addresses were claimed
 * @param owners how many other devices hold them
 * @param claimingDevices how many devices did so, where there were too many for an incident each; otherwise 1
 */
public record ClaimEvidence(
        String segment,
        int vlan,
        Set<SpoofSign> signs,
        List<ClaimedAddress> claims,
        long addresses,
        long owners,
        long claimingDevices)
        implements Detail {
    /** Claims listed. */
    public static final int LISTED = ClaimingDevice.HISTORIES;

    /** Hosts told of one claim that are listed. */
    static final int TOLD = 8;

    public static final Kind KIND = new Kind(25, ClaimEvidence::read);

    /**
     * One claimed address.
     *
     * @param owner MAC address of its holder, 0 where none was seen
     * @param gateway whether more hosts ask for it than for any other, or it is a router's
     * @param replies unasked, to one host
     * @param broadcasts unasked replies and announcements to everybody
     * @param requests questions asked in its name
     * @param answers to who had asked
     * @param told addresses of hosts told so, some of them
     * @param everybody whether everybody was told
     */
    public record ClaimedAddress(
            Address address,
            long owner,
            boolean gateway,
            long replies,
            long broadcasts,
            long requests,
            long answers,
            List<Address> told,
            boolean everybody) {
        /** Packets that nobody had asked for. */
        public long unasked() {
            return replies + broadcasts;
        }
    }

    public ClaimEvidence {
        signs = Set.copyOf(signs);
        claims = List.copyOf(claims);
    }

    /** Whether the address that most hosts ask for is among those claimed. */
    public boolean gateway() {
        return claims.stream().anyMatch(ClaimedAddress::gateway);
    }

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(segment, out);
        out.writeInt(vlan);
        out.writeInt(signs.size());
        for (SpoofSign sign : new TreeSet<>(signs)) {
            Stored.writeName(sign, out);
        }
        out.writeInt(claims.size());
        for (ClaimedAddress claim : claims) {
            write(claim.address, out);
            out.writeLong(claim.owner);
            out.writeBoolean(claim.gateway);
            out.writeLong(claim.replies);
            out.writeLong(claim.broadcasts);
            out.writeLong(claim.requests);
            out.writeLong(claim.answers);
            out.writeInt(claim.told.size());
            for (Address told : claim.told) {
                write(told, out);
            }
            out.writeBoolean(claim.everybody);
        }
        out.writeLong(addresses);
        out.writeLong(owners);
        out.writeLong(claimingDevices);
    }

    public static ClaimEvidence read(DataInput in) throws IOException {
        String segment = Stored.readText(in);
        int vlan = in.readInt();
        Set<SpoofSign> signs = EnumSet.noneOf(SpoofSign.class);
        for (int i = Stored.readSize(in, SpoofSign.values().length, "signs"); i > 0; i--) {
            signs.add(Stored.readName(SpoofSign.class, in));
        }
        List<ClaimedAddress> claims = new ArrayList<>();
        for (int i = Stored.readSize(in, LISTED, "claims"); i > 0; i--) {
            claims.add(readClaim(in));
        }
        return new ClaimEvidence(segment, vlan, signs, claims, in.readLong(), in.readLong(), in.readLong());
    }

    private static ClaimedAddress readClaim(DataInput in) throws IOException {
        Address address = readAddress(in);
        long owner = in.readLong();
        boolean gateway = in.readBoolean();
        long replies = in.readLong();
        long broadcasts = in.readLong();
        long requests = in.readLong();
        long answers = in.readLong();
        List<Address> told = new ArrayList<>();
        for (int i = Stored.readSize(in, TOLD, "hosts told"); i > 0; i--) {
            told.add(readAddress(in));
        }
        return new ClaimedAddress(
                address, owner, gateway, replies, broadcasts, requests, answers, List.copyOf(told), in.readBoolean());
    }

    private static void write(Address address, DataOutput out) throws IOException {
        out.writeLong(address.high());
        out.writeLong(address.low());
    }

    private static Address readAddress(DataInput in) throws IOException {
        return new Address(in.readLong(), in.readLong());
    }
}
