package io.tripline.rules.spoof;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.probe.LatestSeconds;
import io.tripline.rules.spoof.AddressBindings.Holder;
import io.tripline.schemas.Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tests that tell a poisoner from a host that has an address, took it over, or shares it. */
final class SpoofTests {
    private static final long SECOND = 1_000_000;

    /** Who is to blame claims unasked so many times as often as the other. */
    private static final int OUTWEIGHS = 3;

    /** Of a holder's claims, most are asked for; a tap may lose some questions. */
    private static final int MOSTLY = 4;

    private final ArpSpoof.Settings settings;
    private final Decision decision;
    private final long window;
    private final long pace;

    SpoofTests(ArpSpoof.Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(ArpSpoof.RULE, trace);
        this.window = settings.window().toSeconds();
        this.pace = settings.pace().toSeconds();
    }

    /**
     * Whether a question asked in an address's name is forged: its holder goes on asking or answering, and the same host is asked again and
     * again, although hosts remember an answer for at least 15 s (RFC 4861, 10).
     */
    boolean isForged(Claim claim, @Nullable ClaimHistory known, @Nullable Holder other, long second) {
        if (known == null || other == null || other.lastOrdinary() < (second - window) * SECOND) {
            return false;
        }
        LatestSeconds asked = known.told().get(new ClaimHistory.Told(claim.told(), claim.toldMac(), true));
        return asked != null && asked.after(second - pace) >= settings.oneWay();
    }

    /** Makes all tests of a device and puts down those that it passed. */
    void judge(
            long device,
            ClaimingDevice claimingDevice,
            SegmentHistory history,
            Segment segment,
            long second,
            Map<SpoofSign, Reason> passed) {
        Trial trial = new Trial(segment, device, second, passed);
        for (Map.Entry<Address, ClaimHistory> entry :
                claimingDevice.claimHistories().entrySet()) {
            AddressBindings bindings = history.bindings(entry.getKey());
            if (bindings != null) {
                one(trial, entry.getKey(), entry.getValue(), bindings, history);
            }
        }
        if (claimingDevice.several()) {
            between(trial, claimingDevice, history);
        }
        many(trial, claimingDevice, history);
        denied(trial, claimingDevice);
    }

    private void one(
            Trial trial, Address address, ClaimHistory claimHistory, AddressBindings bindings, SegmentHistory history) {
        Holder other = bindings.other(trial.device);
        long ordinary = bindings.ordinary(trial.device);
        if (other == null) {
            if (mostlyUnasked(claimHistory, ordinary)) {
                trial.make(
                        SpoofTestId.ONE_WAY,
                        List.of(claimHistory),
                        pace,
                        toOne(claimHistory, trial.second),
                        settings.oneWay());
            }
            return;
        }
        if (!outweighs(claimHistory, address, other, history, trial.second)) {
            shared(trial, address, claimHistory, bindings, other, history);
            return;
        }
        trial.make(SpoofTestId.TOLD, List.of(claimHistory), pace, told(claimHistory, trial.second), settings.told());
        int retaken = claimHistory.retaken.after(trial.second - window);
        if (retaken > settings.retaken() && claimHistory.unaskedPackets() >= ordinary) {
            trial.make(
                    SpoofTestId.PUSHED,
                    List.of(claimHistory),
                    window,
                    claimHistory.pushed.after(trial.second - window),
                    settings.replied());
            trial.make(
                    SpoofTestId.ANNOUNCED,
                    List.of(claimHistory),
                    window,
                    claimHistory.unasked.after(trial.second - window),
                    settings.announced());
        }
    }

    /** Unasked claims are much more than the other's. */
    private boolean outweighs(
            ClaimHistory claimHistory, Address address, Holder other, SegmentHistory history, long second) {
        int mine = claimHistory.unasked.after(second - window);
        ClaimingDevice claimingDevice = history.claimingDevice(other.device);
        ClaimHistory others = claimingDevice == null ? null : claimingDevice.known(address);
        int theirs = others == null ? 0 : others.unasked.after(second - window);
        return mine > 0 && mine >= OUTWEIGHS * theirs;
    }

    private static boolean mostlyUnasked(ClaimHistory claimHistory, long ordinary) {
        return claimHistory.unaskedPackets() > 0 && claimHistory.unaskedPackets() >= MOSTLY * ordinary;
    }

    /** In how many seconds the same host was told, besides by questions. */
    private int told(ClaimHistory claimHistory, long second) {
        int most = 0;
        for (Map.Entry<ClaimHistory.Told, LatestSeconds> told :
                claimHistory.told().entrySet()) {
            if (!told.getKey().asking() && told.getKey().mac() != 0) {
                most = Math.max(most, told.getValue().after(second - pace));
            }
        }
        return most;
    }

    /** Answers within the pace to the one host, or to everybody, that got most of them. */
    private int toOne(ClaimHistory claimHistory, long second) {
        int most = 0;
        for (Map.Entry<ClaimHistory.Told, LatestSeconds> told :
                claimHistory.told().entrySet()) {
            if (!told.getKey().asking()) {
                most = Math.max(most, told.getValue().after(second - pace));
            }
        }
        return most;
    }

    /** Two devices answer for an address, both asked: one host with two interfaces, or two with the same address. */
    private void shared(
            Trial trial,
            Address address,
            ClaimHistory claimHistory,
            AddressBindings bindings,
            Holder other,
            SegmentHistory history) {
        Holder mine = bindings.holder(trial.device);
        ClaimingDevice claimingDevice = history.claimingDevice(other.device);
        ClaimHistory others = claimingDevice == null ? null : claimingDevice.known(address);
        boolean pushed = claimHistory.unasked.after(trial.second - window) > 0
                || (others != null && others.unasked.after(trial.second - window) > 0);
        if (mine != null && !pushed && other.first < mine.first) {
            trial.make(
                    SpoofTestId.SHARED,
                    List.of(claimHistory),
                    window,
                    claimHistory.contested.after(trial.second - window),
                    settings.shared());
        }
    }

    /** Nobody tells a host of another's address and that other of the host's, but who wants to be between them. */
    private void between(Trial trial, ClaimingDevice claimingDevice, SegmentHistory history) {
        List<Map.Entry<Address, ClaimHistory>> claimHistories =
                List.copyOf(claimingDevice.claimHistories().entrySet());
        for (int i = 0; i < claimHistories.size(); i++) {
            for (int k = i + 1; k < claimHistories.size(); k++) {
                Map.Entry<Address, ClaimHistory> one = claimHistories.get(i);
                Map.Entry<Address, ClaimHistory> other = claimHistories.get(k);
                int there = toldHolder(trial, one.getValue(), other.getKey(), history);
                int back = there == 0 ? 0 : toldHolder(trial, other.getValue(), one.getKey(), history);
                if (back > 0) {
                    trial.make(
                            SpoofTestId.BETWEEN,
                            List.of(one.getValue(), other.getValue()),
                            window,
                            Math.min(there, back),
                            settings.between());
                }
            }
        }
    }

    /** In how many seconds the holder of an address was told of a claim; questions to everybody do not count. */
    private int toldHolder(Trial trial, ClaimHistory claimHistory, Address address, SegmentHistory history) {
        int most = 0;
        for (Map.Entry<ClaimHistory.Told, LatestSeconds> entry :
                claimHistory.told().entrySet()) {
            ClaimHistory.Told told = entry.getKey();
            if (told.address().equals(address) || holds(told.mac(), address, trial.device, history)) {
                int seconds = entry.getValue().after(trial.second - window);
                boolean repeated = entry.getValue().after(trial.second - pace) > settings.oneWay();
                boolean counts = !told.asking() || told.mac() != 0 || repeated;
                most = counts ? Math.max(most, seconds) : most;
            }
        }
        return most;
    }

    private static boolean holds(long mac, Address address, long device, SegmentHistory history) {
        AddressBindings bindings = mac == 0 || mac == device ? null : history.bindings(address);
        Holder holder = bindings == null ? null : bindings.holder(mac);
        return holder != null && holder.ordinary() > 0;
    }

    /** All the addresses of one device that is gone are taken over, not stolen. */
    private void many(Trial trial, ClaimingDevice claimingDevice, SegmentHistory history) {
        List<ClaimHistory> claimed = new ArrayList<>();
        Set<Long> owners = new HashSet<>();
        int owned = 0;
        for (Map.Entry<Address, ClaimHistory> entry :
                claimingDevice.claimHistories().entrySet()) {
            AddressBindings bindings = history.bindings(entry.getKey());
            if (bindings != null
                    && entry.getValue().unasked.after(trial.second - pace) > 0
                    && mostlyUnasked(entry.getValue(), bindings.ordinary(trial.device))) {
                claimed.add(entry.getValue());
                Holder other = bindings.other(trial.device);
                if (other != null) {
                    owners.add(other.device);
                    owned++;
                }
            }
        }
        boolean takenOver = owners.size() == 1 && owned * 2 >= claimed.size();
        if (!claimed.isEmpty() && !takenOver) {
            trial.make(SpoofTestId.MANY, claimed, pace, claimed.size(), settings.addresses());
        }
    }

    private void denied(Trial trial, ClaimingDevice claimingDevice) {
        List<ClaimHistory> denied = claimingDevice.claimHistories().values().stream()
                .filter(claimHistory -> claimHistory.denied.after(trial.second - window) > 0)
                .toList();
        if (!denied.isEmpty()) {
            trial.make(SpoofTestId.DENIED, denied, window, denied.size(), settings.denied());
        }
    }

    /** Of a device with an open incident, every claim counts that its holder would not make so. */
    void suspectAll(long device, ClaimingDevice claimingDevice, SegmentHistory history, long second) {
        for (Map.Entry<Address, ClaimHistory> entry :
                claimingDevice.claimHistories().entrySet()) {
            ClaimHistory claimHistory = entry.getValue();
            AddressBindings bindings = history.bindings(entry.getKey());
            if (bindings != null && !claimHistory.suspect() && claimHistory.unasked.after(second - window) > 0) {
                Holder other = bindings.other(device);
                boolean foreign = other == null
                        ? mostlyUnasked(claimHistory, bindings.ordinary(device))
                        : outweighs(claimHistory, entry.getKey(), other, history, second);
                if (foreign) {
                    claimHistory.suspected();
                }
            }
        }
    }

    /** A device in a network segment, in the notation of the documents. */
    private record Device(long mac, Segment segment) {
        @Override
        public String toString() {
            return Address.macText(mac) + " on " + segment;
        }
    }

    /** Tests of one device in one second. */
    private final class Trial {
        private final long device;
        private final long second;
        private final Map<SpoofSign, Reason> passed;

        private Trial(Segment segment, long device, long second, Map<SpoofSign, Reason> passed) {
            this.device = device;
            this.second = second;
            this.passed = passed;
            decision.about(new Device(device, segment), second);
        }

        /** Of several tests for one sign, the highest value is the reason. */
        private void make(
                SpoofTestId test, Collection<ClaimHistory> claimHistories, long seconds, long value, long threshold) {
            if (decision.passes(test, seconds, value, threshold)) {
                claimHistories.forEach(ClaimHistory::suspected);
                passed.merge(
                        test.sign(),
                        Reason.of(test, Long.toString(seconds), value, threshold),
                        (a, b) -> a.value() >= b.value() ? a : b);
            }
        }
    }
}
