package io.tripline.rules.spoof;

import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.FindingDraft;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.probe.LatestSeconds;
import io.tripline.rules.spoof.AddressBindings.Holder;
import io.tripline.rules.spoof.ClaimHistory.Sort;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds who claims others' addresses by ARP or IPv6 neighbour discovery, one incident for each device and segment.
 *
 * <p>Method: of each address it remembers who holds it as holders do, by answering questions and by asking in its name, and of each device how
 * it claims addresses: asked or not, to whom, how often, and whether the holder goes on beside it. What only a poisoner does then decides,
 * not that an address has two MAC addresses: that also happens when an address moves, and never happens where the holder is silent or the
 * capture began late. The tests are in {@link SpoofTests}. For the same reason the device that came second is not blamed for it: blamed
 * is who claims unasked much more often than the other.
 *
 * <p>Cost: a few look-ups for each different claim of a second; the tests look at devices that claimed something unasked. Memory for each
 * segment: about 250 bytes an address, at most {@link SegmentHistory#ADDRESSES}; 150 bytes a device that behaves, at most
 * {@link SegmentHistory#CLAIMANTS}, and up to 100 kB one that claims 32 addresses to eight hosts each. The longest unheard of are forgotten
 * first, at the latest after {@link Settings#memory()}.
 *
 * <p>Evasions: a claim every few minutes; claiming an address only when its holder is gone; a virtual router's MAC address (see {@link
 * #isVirtualRouter}); forging the link-layer source, which blames the device whose address it is; thousands of claims a second, of which a
 * sample is kept.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc826">RFC 826</a>, <a href="https://www.rfc-editor.org/rfc/rfc5227">RFC 5227</a>, <a
 *     href="https://www.rfc-editor.org/rfc/rfc4861">RFC 4861</a>, <a href="https://www.rfc-editor.org/rfc/rfc3756">RFC 3756</a> (threats
 *     to neighbour discovery), <a href="https://attack.mitre.org/techniques/T1557/002/">ATT&amp;CK T1557.002</a>
 */
public final class ArpSpoof implements SubjectDetector<Segment, SegmentSecond, SegmentHistory> {
    /** {@code rule.id}. */
    public static final String RULE = "arp-spoof";

    /** Of the operator that hosts this rule. */
    public static final String UID = "segment-rules";

    private static final long SECOND = 1_000_000;

    /** What is counted in latest seconds can be no more. */
    private static final int MOST = LatestSeconds.CAPACITY - 1;

    /** Some drivers and access points send an answer twice; a poisoner sends more. */
    private static final int ANSWERS_TO_A_QUESTION = 2;

    private final Settings settings;
    private final SpoofTests tests;

    /**
     * Thresholds; each is what has to be exceeded, at most 31.
     *
     * @param window over which disputes, denials, shared addresses and mutual claims are counted
     * @param pace over which claims to one receiver and distinct addresses are counted
     * @param memory how long it is remembered who holds an address
     * @param quiet after which an incident is over
     * @param between seconds in which one device claimed to each owner of two addresses to be the other
     * @param told seconds of {@code pace} in which one host received a claim of an address that another device has
     * @param retaken times that an address was claimed unsolicited after its holder had spoken; {@code replied} or
     *     {@code announced} must be exceeded as well
     * @param replied seconds of {@code window} in which a host received a claim of such an address
     * @param announced seconds of {@code window} in which such an address was claimed unsolicited
     * @param oneWay seconds of {@code pace} in which one receiver got a claim of an address whose owner was not seen
     * @param addresses distinct addresses claimed unsolicited within {@code pace}
     * @param denied distinct addresses that were claimed while another host probed whether they are free
     * @param shared seconds in which a device answered for an address that another had answered for in between
     */
    public record Settings(
            Duration window,
            Duration pace,
            Duration memory,
            Duration quiet,
            int between,
            int told,
            int retaken,
            int replied,
            int announced,
            int oneWay,
            int addresses,
            int denied,
            int shared)
            implements java.io.Serializable {
        /** What holds unless somebody says otherwise. */
        public static final Settings DEFAULT = new Settings(
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofHours(24),
                Duration.ofMinutes(5),
                1,
                3,
                1,
                2,
                4,
                5,
                20,
                2,
                5);

        /** Refuses what no segment can mean. */
        public Settings {
            Thresholds.check()
                    .between("pace", pace, Duration.ofSeconds(1), Duration.ofHours(1))
                    .between("window", window, Duration.ofSeconds(1), Duration.ofHours(24))
                    .notBelow("window", window, "pace", pace)
                    .between("memory", memory, Duration.ofSeconds(1), Duration.ofDays(30))
                    .notBelow("memory", memory, "window", window)
                    .between("quiet", quiet, Duration.ofSeconds(1), Duration.ofHours(24))
                    .between("between", between, 1, MOST)
                    .between("told", told, 1, MOST)
                    .between("retaken", retaken, 1, MOST)
                    .between("replied", replied, 1, MOST)
                    .between("announced", announced, 1, MOST)
                    .between("oneWay", oneWay, 1, MOST)
                    .between("addresses", addresses, 1, MOST)
                    .between("denied", denied, 1, MOST)
                    .between("shared", shared, 1, MOST)
                    .end();
        }
    }

    public ArpSpoof(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    /** The rule with these thresholds; each test is told to a trace. */
    public ArpSpoof(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.tests = new SpoofTests(settings, trace);
    }

    /**
     * Whether a MAC address belongs to a router that may move: VRRP and CARP (RFC 9568, 7.3), HSRP versions 1 and 2 for IPv4 and IPv6.
     */
    static boolean isVirtualRouter(long mac) {
        long block = mac >>> 8;
        return block == 0x00_00_5e_00_01L
                || block == 0x00_00_5e_00_02L
                || block == 0x00_00_0c_07_acL
                || mac >>> 12 == 0x00_00_0c_9f_fL
                || mac >>> 12 == 0x00_05_73_a0_0L;
    }

    @Override
    public SegmentHistory newState() {
        return new SegmentHistory();
    }

    @Override
    public void complete(
            long second,
            Segment segment,
            @Nullable SegmentSecond part,
            SegmentHistory history,
            Consumer<Finding> findings) {
        if (part == null) {
            history.solicitations.expire(second);
        } else {
            history.seen(second);
            history.solicitations.add(part);
            TreeSet<Long> touched = new TreeSet<>();
            part.claims().entrySet().stream()
                    .sorted(Comparator.comparingLong((Map.Entry<Claim, Claimed> claim) ->
                                    claim.getValue().first())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .forEach(claim -> {
                        if (take(claim.getKey(), claim.getValue(), second, history)) {
                            touched.add(claim.getKey().device());
                        }
                    });
            for (long device : touched) {
                judge(device, second, segment, part, history);
            }
        }
        tell(second, segment, history, findings);
        history.forget(second - settings.memory().toSeconds());
    }

    /** Takes in a claim; whether there is anything to judge. */
    private boolean take(Claim claim, Claimed claimed, long second, SegmentHistory history) {
        long device = claim.device();
        AddressBindings bindings = history.claimed(claim.address());
        Holder known = bindings.holder(claim.mac());
        boolean virtual = isVirtualRouter(claim.mac());
        if (known != null && known.device != device && claim.mac() != device && !virtual) {
            // It speaks for a holder: a bridge, or a poisoner that puts things right when it ends.
            return false;
        }
        boolean asked = claim.kind() == ClaimKind.REPLY
                && claimed.packets()
                        <= ANSWERS_TO_A_QUESTION * history.solicitations.asked(claim.toldMac(), claim.address());
        Holder holder = bindings.claimed(claim.mac(), device, second, claimed.first());
        if (virtual) {
            holder.ordinary(claimed.packets(), claimed.last(), asked);
            return false;
        }
        ClaimingDevice claimingDevice = history.claimingDevice(device, claim.address(), second);
        claimingDevice.forget((second - settings.window().toSeconds()) * SECOND);
        Holder other = bindings.other(device);
        Sort sort = asked ? Sort.ASKED : claim.kind() == ClaimKind.MENTION ? Sort.ORDINARY : Sort.UNASKED;
        if (sort == Sort.ORDINARY && tests.isForged(claim, claimingDevice.known(claim.address()), other, second)) {
            sort = Sort.UNASKED;
        }
        boolean contested = asked && other != null && other.lastAnswer() != Long.MIN_VALUE;
        boolean remember = sort == Sort.UNASKED || contested || claimingDevice.several();
        if (remember) {
            remember(claim, claimed, sort, second, history, claimingDevice.claimHistory(claim.address()), other);
        }
        if (sort != Sort.UNASKED) {
            holder.ordinary(claimed.packets(), claimed.last(), asked);
        }
        return remember;
    }

    private static void remember(
            Claim claim,
            Claimed claimed,
            Sort sort,
            long second,
            SegmentHistory history,
            ClaimHistory claimHistory,
            @Nullable Holder other) {
        if (other != null) {
            claimHistory.heldByOther();
        }
        if (sort == Sort.UNASKED && other != null && other.lastOrdinary() > claimHistory.lastUnasked()) {
            claimHistory.retaken.add(second);
        }
        if (sort == Sort.ASKED && other != null && other.lastAnswer() > claimHistory.lastAnswer()) {
            claimHistory.contested.add(second);
        }
        if (!claim.address().isIpv4()
                && claim.kind() != ClaimKind.MENTION
                && history.solicitations.probedByOther(claim.device(), claim.address())) {
            claimHistory.denied.add(second);
        }
        claimHistory.add(claim, claimed, sort, second);
        if (sort == Sort.ASKED) {
            claimHistory.answered(claimed.last());
        }
    }

    private void judge(long device, long second, Segment segment, SegmentSecond part, SegmentHistory history) {
        ClaimingDevice claimingDevice = history.claimingDevice(device);
        if (claimingDevice == null) {
            return;
        }
        Map<SpoofSign, Reason> passed = new EnumMap<>(SpoofSign.class);
        tests.judge(device, claimingDevice, history, segment, second, passed);
        SpoofIncident open = history.incidents.get(device);
        if (open == null && !passed.isEmpty() && claimingDevice.hasMoreToTell()) {
            open = open(device, second, segment, history);
        }
        // Who was in a shared incident that is over may pass a test on what was told already.
        if (open != null) {
            passed.forEach(open::because);
            tests.suspectAll(device, claimingDevice, history, second);
            open.add(device, claimingDevice, part);
        }
    }

    /** An incident of its own; where too many are open, the one they share, which is the last that was opened. */
    private SpoofIncident open(long device, long second, Segment segment, SegmentHistory history) {
        for (SpoofIncident shared : history.incidents.values()) {
            if (shared.devices().contains(Address.ofMac(device))) {
                return shared;
            }
        }
        int open = history.incidents.size();
        if (open >= SegmentHistory.INCIDENTS) {
            return history.incidents.values().stream()
                    .max(Comparator.comparing((SpoofIncident incident) ->
                                    incident.devices().count(1))
                            .thenComparing(incident -> incident.episode().firstSeen()))
                    .orElseThrow();
        }
        Episode episode = new Episode(
                segment.toString(), second, Math.toIntExact(settings.quiet().toSeconds()));
        SpoofIncident incident = new SpoofIncident(episode);
        history.incidents.put(device, incident);
        return incident;
    }

    private static void tell(long second, Segment segment, SegmentHistory history, Consumer<Finding> findings) {
        for (long device : List.copyOf(history.incidents.keySet())) {
            SpoofIncident incident = history.incidents.get(device);
            Stage stage = incident == null ? null : incident.episode().due(second);
            if (incident != null && stage != null) {
                findings.accept(finding(stage, device, second, segment, history, incident));
                if (stage == Stage.CLOSED) {
                    history.incidents.remove(device);
                    ClaimingDevice claimingDevice = history.claimingDevice(device);
                    if (claimingDevice != null) {
                        claimingDevice.forget();
                    }
                }
            }
        }
    }

    private static Finding finding(
            Stage stage, long device, long second, Segment segment, SegmentHistory history, SpoofIncident incident) {
        List<ClaimEvidence.ClaimedAddress> claims = new ArrayList<>();
        ClaimingDevice claimingDevice = history.claimingDevice(device);
        if (claimingDevice != null) {
            claims = ClaimSummary.of(device, claimingDevice, history);
        }
        long owners = claims.stream()
                .mapToLong(ClaimEvidence.ClaimedAddress::owner)
                .filter(mac -> mac != 0)
                .distinct()
                .count();
        Map<Probing, Long> techniques = new TreeMap<>();
        boolean arp = claims.stream().anyMatch(claim -> claim.address().isIpv4());
        boolean ndp = claims.stream().anyMatch(claim -> !claim.address().isIpv4());
        if (arp || !ndp) {
            techniques.put(
                    Probing.ARP,
                    ndp
                            ? ClaimSummary.packets(claims, true)
                            : incident.episode().packets());
        }
        if (ndp) {
            techniques.put(
                    Probing.NDP,
                    arp
                            ? ClaimSummary.packets(claims, false)
                            : incident.episode().packets());
        }
        return incident.episode()
                .draft(stage, RULE, Address.ofMac(device), second)
                .techniques(techniques)
                .targets(incident.hosts().count(1), incident.hosts().sample(FindingDraft.LISTED_HOSTS))
                .sources(0, history.own(device, FindingDraft.LISTED_HOSTS))
                .approximate(history.forgotten() > 0
                        || incident.hosts().approximate()
                        || incident.addresses().count(1) > ClaimingDevice.HISTORIES)
                .detail(new ClaimEvidence(
                        segment.name(),
                        segment.vlan(),
                        incident.signs(),
                        claims,
                        incident.addresses().count(1),
                        owners,
                        incident.devices().count(1)))
                .finding();
    }

    @Override
    public long wakeUp(SegmentHistory history) {
        return history.wakeUp(settings.memory().toSeconds());
    }

    @Override
    public boolean isIdle(SegmentHistory history) {
        return history.isEmpty();
    }

    @Override
    public void write(SegmentHistory history, DataOutput out) throws IOException {
        history.write(out);
    }

    @Override
    public SegmentHistory read(DataInput in) throws IOException {
        return SegmentHistory.read(in);
    }
}
