package io.tripline.rules.alert;

import io.tripline.rules.incident.Detail;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Outcomes;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.network.AddressText;
import io.tripline.rules.network.Service;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.rules.probe.hostsweep.HostSweepTestId;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Findings as the rules make them, in a few lines. */
public final class FindingBuilder {
    static final String INSIDE = "192.168.100.95";
    public static final String OUTSIDE = "203.0.113.9";
    static final String TARGET = "192.168.100.99";

    /** 2026-03-20T07:47:31.388726Z. */
    static final long START = 1_773_992_851_388_726L;

    private final String rule;
    private Stage stage = Stage.OPENED;
    private Address actor = address(INSIDE);
    private String scope = TARGET;
    private long firstSeen = START;
    private long lasting = 30_000;
    private long changedAfter = 1_000_000;
    private long clockShift;
    private final SortedMap<Probing, Long> techniques = new TreeMap<>();
    private long services = 1;
    private List<Integer> serviceSample = List.of();
    private String ranges = "tcp 22";
    private List<Integer> open = List.of();
    private Outcomes outcomes = new Outcomes(0, 0, 0);
    private long hosts = 1;
    private List<Address> hostSample = List.of(address(TARGET));
    private SortedMap<String, Long> sensors = new TreeMap<>(java.util.Map.of("lan", 2_000L));
    private boolean approximate;
    private boolean answersSeen = true;
    private final List<Reason> reasons = new ArrayList<>();

    private FindingBuilder(String rule) {
        this.rule = rule;
    }

    /** A scan of TCP ports 1 and up of one host, all of which refuse. */
    public static FindingBuilder portScan(int ports) {
        return new FindingBuilder(PortScan.RULE)
                .ports(IpProtocol.TCP, 1, ports)
                .outcomes(0, ports, 0)
                .reason("distinct ports of one target in 60 s", ports, 20);
    }

    /** A sweep of so many hosts for one TCP port; all are silent. */
    public static FindingBuilder hostSweep(int hosts, int port) {
        return new FindingBuilder(HostSweep.RULE)
                .scope(port + "/tcp")
                .ports(IpProtocol.TCP, port, port)
                .hosts(hosts)
                .outcomes(0, 0, hosts)
                .reason("distinct hosts that failed for " + port + "/tcp in 60 s", hosts, 20);
    }

    /** A sweep of so many neighbours by ARP; none answers. */
    public static FindingBuilder arpSweep(int hosts) {
        return hostSweep(hosts, 0)
                .services(1, List.of(Service.of(IpProtocol.ARP, 0)), "arp")
                .by(Probing.ARP, hosts);
    }

    FindingBuilder stage(Stage value) {
        stage = value;
        return this;
    }

    public FindingBuilder from(String address) {
        return from(address(address));
    }

    public FindingBuilder from(Address address) {
        actor = address;
        return this;
    }

    FindingBuilder scope(String value) {
        scope = value;
        return this;
    }

    FindingBuilder at(long micros) {
        firstSeen = micros;
        return this;
    }

    public FindingBuilder lasting(long micros) {
        lasting = micros;
        return this;
    }

    FindingBuilder changedAfter(long micros) {
        changedAfter = micros;
        return this;
    }

    FindingBuilder clockShift(long micros) {
        clockShift = micros;
        return this;
    }

    /** Adds a technique; SYN where none is given. */
    public FindingBuilder by(Probing technique, long probes) {
        techniques.put(technique, probes);
        return this;
    }

    public FindingBuilder ports(int transport, int from, int to) {
        return services(
                to - from + 1,
                IntStream.rangeClosed(from, to)
                        .limit(100)
                        .mapToObj(port -> Service.of(transport, port))
                        .toList(),
                "tcp " + from + "-" + to);
    }

    public FindingBuilder services(long count, List<Integer> sample, String text) {
        services = count;
        serviceSample = sample;
        ranges = text;
        return this;
    }

    public FindingBuilder open(int... tcpPorts) {
        return openServices(IntStream.of(tcpPorts)
                .map(port -> Service.of(IpProtocol.TCP, port))
                .toArray());
    }

    public FindingBuilder openServices(int... values) {
        open = IntStream.of(values).boxed().toList();
        return this;
    }

    public FindingBuilder outcomes(long opened, long closed, long silent) {
        outcomes = new Outcomes(opened, closed, silent);
        return this;
    }

    public FindingBuilder hosts(int count) {
        hosts = count;
        hostSample = IntStream.rangeClosed(1, Math.min(20, count))
                .mapToObj(last -> Address.ofIpv4(0xc0a86400 | last))
                .toList();
        return this;
    }

    public FindingBuilder target(String address) {
        hosts = 1;
        hostSample = List.of(address(address));
        return this;
    }

    FindingBuilder sensor(String name, long packets) {
        sensors = new TreeMap<>(sensors);
        sensors.put(name, packets);
        return this;
    }

    public FindingBuilder approximate() {
        approximate = true;
        return this;
    }

    public FindingBuilder answersUnseen() {
        answersSeen = false;
        return this;
    }

    FindingBuilder reason(String test, long value, long threshold) {
        reasons.add(new Reason("", "", test, value, threshold));
        return this;
    }

    public FindingBuilder bySequentialTestAlone() {
        reasons.clear();
        reasons.add(Reason.of(HostSweepTestId.FIRST_CONTACTS, "445/tcp", 6, 5));
        return this;
    }

    public Finding build() {
        SortedMap<Probing, Long> made = new TreeMap<>(techniques);
        if (made.isEmpty()) {
            made.put(Probing.SYN, services);
        }
        return new Finding(
                rule,
                stage,
                actor,
                scope,
                firstSeen,
                firstSeen + 1_000_000,
                firstSeen + lasting,
                firstSeen + changedAfter,
                clockShift,
                made,
                services,
                serviceSample,
                ranges,
                open,
                outcomes,
                hosts,
                hostSample,
                services * hosts,
                services * hosts * 60,
                List.of(1L, 2L, 3L),
                sensors,
                approximate,
                answersSeen,
                List.copyOf(reasons),
                0,
                List.of(),
                Detail.NONE);
    }

    static Address address(String text) {
        return Objects.requireNonNull(AddressText.parse(text), text);
    }
}
