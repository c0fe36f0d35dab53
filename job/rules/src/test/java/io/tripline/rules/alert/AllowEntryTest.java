package io.tripline.rules.alert;

import static io.tripline.rules.alert.FindingBuilder.hostSweep;
import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.Rules;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.network.Prefix;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An entry covers a finding only if it covers all of it. */
class AllowEntryTest {
    private static boolean covers(AllowEntry entry, Finding finding) {
        return entry.covers(Rules.CATALOGUE.rule(finding.rule()), finding);
    }

    private static AllowEntry entry(String source, String target, Set<Integer> ports, String... rules) {
        return new AllowEntry(
                "s.yaml:1",
                Set.of(rules),
                source.isEmpty() ? List.of() : List.of(Prefix.parse(source)),
                Set.of(),
                target.isEmpty() ? List.of() : List.of(Prefix.parse(target)),
                ports,
                "owner",
                "reason",
                LocalDate.EPOCH);
    }

    /** The entry ends with 1970-01-01 in UTC. */
    @Test
    void shouldLapseWithTheLastMicrosecondOfItsLastDayByTheClockOfTheCapture() {
        AllowEntry entry = entry("", "", Set.of());
        long day = 86_400_000_000L;

        assertThat(entry.end()).isEqualTo(day);
        assertThat(entry.hasLapsed(portScan(30).at(0).lasting(day - 1).build())).isFalse();
        assertThat(entry.hasLapsed(portScan(30).at(0).lasting(day).build())).isTrue();
        assertThat(entry.hasLapsed(
                        portScan(30).at(100).lasting(day - 1).clockShift(100).build()))
                .isFalse();
    }

    private static Set<Integer> ports(int to) {
        return Set.copyOf(IntStream.rangeClosed(1, to).boxed().toList());
    }

    @Test
    void shouldMatchRuleAndSource() {
        Finding scan = portScan(30).build();

        assertThat(covers(entry(FindingBuilder.INSIDE, "", Set.of()), scan)).isTrue();
        assertThat(covers(entry("192.168.100.0/24", "", Set.of(), "port-scan"), scan))
                .isTrue();
        assertThat(covers(entry("192.168.100.0/24", "", Set.of(), "host-sweep"), scan))
                .isFalse();
        assertThat(covers(entry("192.168.101.0/24", "", Set.of()), scan)).isFalse();
    }

    @Test
    void shouldCoverAllTargetsOrNone() {
        assertThat(covers(
                        entry("", "192.168.100.0/24", Set.of()),
                        hostSweep(15, 445).build()))
                .isTrue();
        assertThat(covers(
                        entry("", "192.168.100.0/29", Set.of()),
                        hostSweep(15, 445).build()))
                .isFalse();
        // Twenty of 21 are listed: nobody knows about the other.
        assertThat(covers(
                        entry("", "192.168.100.0/24", Set.of()),
                        hostSweep(21, 445).build()))
                .isFalse();
    }

    @Test
    void shouldCoverAllPortsOrNone() {
        assertThat(covers(entry("", "", ports(100)), portScan(100).build())).isTrue();
        assertThat(covers(entry("", "", ports(99)), portScan(100).build())).isFalse();
        assertThat(covers(entry("", "", ports(200)), portScan(101).build())).isFalse();
        Finding ping = hostSweep(10, 0)
                .services(1, List.of(Service.of(IpProtocol.ICMP, 0)), "icmp")
                .build();
        assertThat(covers(entry("", "", ports(200)), ping)).isFalse();
    }

    @Test
    void shouldMatchAHardwareAddress() {
        AllowEntry entry = new AllowEntry(
                "s.yaml:1",
                Set.of(),
                List.of(),
                Set.of(Address.ofMac(7)),
                List.of(),
                Set.of(),
                "owner",
                "reason",
                LocalDate.EPOCH);

        assertThat(covers(
                        entry,
                        FindingBuilder.arpSweep(40).from(Address.ofMac(7)).build()))
                .isTrue();
        assertThat(covers(
                        entry,
                        FindingBuilder.arpSweep(40).from(Address.ofMac(8)).build()))
                .isFalse();
        assertThat(covers(entry, FindingBuilder.arpSweep(40).build())).isFalse();
    }
}
