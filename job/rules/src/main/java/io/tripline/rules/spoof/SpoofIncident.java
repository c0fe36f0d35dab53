package io.tripline.rules.spoof;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.sketch.HostSet;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One open incident of a device that claims others' addresses, or of several where there are too many. */
final class SpoofIncident {
    private final Episode episode;
    private final Set<SpoofSign> signs = new TreeSet<>();
    private final HostSet addresses;
    private final HostSet hosts;
    private final HostSet devices;

    SpoofIncident(Episode episode) {
        this(episode, new HostSet(), new HostSet(), new HostSet());
    }

    private SpoofIncident(Episode episode, HostSet addresses, HostSet hosts, HostSet devices) {
        this.episode = episode;
        this.addresses = addresses;
        this.hosts = hosts;
        this.devices = devices;
    }

    Episode episode() {
        return episode;
    }

    Set<SpoofSign> signs() {
        return Collections.unmodifiableSet(signs);
    }

    /** Addresses claimed. */
    HostSet addresses() {
        return addresses;
    }

    /** Addresses claimed and hosts told. */
    HostSet hosts() {
        return hosts;
    }

    /** Who claimed, by MAC address. */
    HostSet devices() {
        return devices;
    }

    void because(SpoofSign sign, Reason reason) {
        signs.add(sign);
        episode.becauseAtLeast(reason);
    }

    /** Takes in what a device did to addresses that are not its own. */
    void add(long device, ClaimingDevice claimingDevice, SegmentSecond part) {
        devices.add(Address.ofMac(device), 1);
        long packets = 0;
        for (Map.Entry<Address, ClaimHistory> entry :
                claimingDevice.claimHistories().entrySet()) {
            ClaimHistory claimHistory = entry.getValue();
            if (claimHistory.suspect()) {
                packets += claimHistory.tell(episode);
                addresses.add(entry.getKey(), 1);
                hosts.add(entry.getKey(), 1);
                claimHistory.told().keySet().stream()
                        .map(ClaimHistory.Told::address)
                        .filter(told -> !told.equals(Claim.NOBODY) && !told.isMac())
                        .forEach(told -> hosts.add(told, 1));
            }
        }
        if (packets > 0) {
            seenBy(part, packets);
        }
    }

    /** Where several sensors saw the segment, none counts more than it saw. */
    private void seenBy(SegmentSecond part, long packets) {
        Map<String, Long> seen = part.sensors().bySensor();
        SensorCounts counts = new SensorCounts();
        seen.forEach((sensor, all) -> counts.add(sensor, seen.size() == 1 ? packets : Math.min(all, packets)));
        episode.seenBy(counts, part.clockShift());
    }

    void write(DataOutput out) throws IOException {
        episode.write(out);
        out.writeInt(signs.size());
        for (SpoofSign sign : signs) {
            Stored.writeName(sign, out);
        }
        addresses.write(out);
        hosts.write(out);
        devices.write(out);
    }

    static SpoofIncident read(DataInput in) throws IOException {
        Episode episode = Episode.read(in);
        Set<SpoofSign> signs = new TreeSet<>();
        for (int i = Stored.readSize(in, SpoofSign.values().length, "signs"); i > 0; i--) {
            signs.add(Stored.readName(SpoofSign.class, in));
        }
        SpoofIncident incident = new SpoofIncident(episode, HostSet.read(in), HostSet.read(in), HostSet.read(in));
        incident.signs.addAll(signs);
        return incident;
    }
}
