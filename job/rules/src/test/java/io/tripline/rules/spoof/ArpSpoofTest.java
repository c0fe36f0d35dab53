package io.tripline.rules.spoof;

import static io.tripline.rules.spoof.Lan.GATEWAY;
import static io.tripline.rules.spoof.Lan.GATEWAY_MAC;
import static io.tripline.rules.spoof.Lan.OTHER;
import static io.tripline.rules.spoof.Lan.OTHER_MAC;
import static io.tripline.rules.spoof.Lan.THIEF;
import static io.tripline.rules.spoof.Lan.THIEF_MAC;
import static io.tripline.rules.spoof.Lan.VICTIM;
import static io.tripline.rules.spoof.Lan.VICTIM_MAC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.Address;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArpSpoofTest {
    private final Lan lan = new Lan(1);

    /** Hosts find the gateway, so that it is known who has it and that it is the gateway. */
    private Lan office() {
        return lan.at(0)
                .resolves(VICTIM, VICTIM_MAC, GATEWAY, GATEWAY_MAC)
                .at(0.5)
                .resolves(OTHER, OTHER_MAC, GATEWAY, GATEWAY_MAC)
                .at(0.8)
                .resolves(GATEWAY, GATEWAY_MAC, VICTIM, VICTIM_MAC)
                .at(0.9)
                .resolves(THIEF, THIEF_MAC, VICTIM, VICTIM_MAC);
    }

    private Finding only() {
        List<Finding> findings = lan.findings();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).actor()).isEqualTo(Address.ofMac(THIEF_MAC));
        return findings.get(0);
    }

    private static ClaimEvidence evidence(Finding finding) {
        assertThat(finding.detail()).isInstanceOf(ClaimEvidence.class);
        return (ClaimEvidence) finding.detail();
    }

    @Test
    void shouldNameTheNewClaimantAndWhoHoldsTheAddresses() {
        office();
        for (double at = 2; at < 16; at += 2) {
            lan.at(at).replies(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC).replies(VICTIM, THIEF_MAC, GATEWAY, GATEWAY_MAC);
        }
        Finding finding = only();
        ClaimEvidence evidence = evidence(finding);
        assertThat(evidence.signs()).contains(SpoofSign.BETWEEN);
        assertThat(evidence.claims())
                .extracting(ClaimEvidence.ClaimedAddress::owner)
                .containsExactly(GATEWAY_MAC, VICTIM_MAC);
        assertThat(evidence.claims().get(0).gateway()).isTrue();
        assertThat(finding.sources()).containsExactly(Wire.address(THIEF));
        assertThat(finding.packets()).isEqualTo(14);
        assertThat(Wire.severity(finding)).isEqualTo(Severity.HIGH);
    }

    @Test
    void shouldNotBlameTheHolderWhoseAddressIsGivenBack() {
        office();
        for (int i = 2; i < 12; i++) {
            lan.at(i).replies(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC);
        }
        for (int i = 12; i < 24; i++) {
            lan.at(i).repliesFor(THIEF_MAC, GATEWAY, GATEWAY_MAC, VICTIM, VICTIM_MAC);
        }
        assertThat(evidence(only()).signs()).contains(SpoofSign.TOLD);
    }

    @Test
    void shouldFindQuestionsInBothHostsNames() {
        office();
        for (int i = 2; i < 60; i += 10) {
            lan.at(i).asksOne(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC).asksOne(VICTIM, THIEF_MAC, GATEWAY, GATEWAY_MAC);
        }
        assertThat(evidence(only()).signs()).contains(SpoofSign.BETWEEN);
    }

    @Test
    void shouldFindOneDeviceBetweenTwoThatAreNotSeen() {
        for (int i = 0; i < 4; i++) {
            lan.at(i * 10)
                    .replies(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC)
                    .replies(VICTIM, THIEF_MAC, GATEWAY, GATEWAY_MAC);
        }
        assertThat(Wire.severity(only())).isEqualTo(Severity.HIGH);
    }

    @Test
    void shouldFindOneWayPoisoningOfASilentOwnerAndCallItNoMoreThanMedium() {
        for (int i = 0; i < 10; i++) {
            lan.at(i * 5).replies(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC);
        }
        Finding finding = only();
        assertThat(evidence(finding).signs()).containsExactly(SpoofSign.ONE_WAY);
        assertThat(Wire.severity(finding)).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void shouldFindAReplyToAllEveryTenSecondsWhileTheHolderGoesOn() {
        office();
        for (int i = 0; i < 8; i++) {
            lan.at(2 + i * 10).repliesToAll(GATEWAY, THIEF_MAC);
            lan.at(6 + i * 10).resolves(VICTIM, VICTIM_MAC, GATEWAY, GATEWAY_MAC);
        }
        assertThat(evidence(only()).signs()).contains(SpoofSign.DISPUTED);
        assertThat(Wire.severity(only())).isEqualTo(Severity.HIGH);
    }

    @Test
    void shouldFindNeighbourAdvertisementsThatOverride() {
        String router = "fd00:50::1";
        String host = "fd00:50::60";
        for (int i = 0; i < 4; i++) {
            lan.at(i * 5).solicits(host, VICTIM_MAC, router).advertises(router, GATEWAY_MAC, host, VICTIM_MAC, 3);
            for (int k = 0; k < 3; k++) {
                lan.advertises(router, THIEF_MAC, host, VICTIM_MAC, k == 0 ? 7 : 5);
            }
        }
        assertThat(evidence(only()).claims().get(0).owner()).isEqualTo(GATEWAY_MAC);
    }

    @Test
    void shouldFindWhoDeniesAddressesToNewcomers() {
        for (int i = 0; i < 5; i++) {
            String tried = "fe80::" + (100 + i);
            lan.at(i * 3).solicits("::", 0x02_00_00_00_01_00L + i, tried);
            lan.advertises(tried, THIEF_MAC);
        }
        assertThat(evidence(only()).signs()).contains(SpoofSign.DENIED);
    }

    @Test
    void shouldFindAFalseRouterAdvertisement() {
        lan.at(0).solicits("fe80::1", GATEWAY_MAC, "fe80::20");
        for (int i = 0; i < 12; i++) {
            lan.at(1 + i * 5).advertisesRouter("fe80::1", THIEF_MAC);
            lan.at(3 + i * 5).solicits("fe80::1", GATEWAY_MAC, "fe80::20");
        }
        assertThat(evidence(only()).signs()).contains(SpoofSign.DISPUTED);
    }

    @Test
    void shouldKeepSegmentsAndVlansApart() {
        office().vlan(7);
        for (int i = 2; i < 6; i++) {
            lan.at(i).replies(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC);
        }
        assertThat(lan.findings()).isEmpty();
    }

    @Test
    void shouldGoOnAfterARestart() throws IOException {
        office();
        for (double at = 2; at < 90; at += 2) {
            lan.at(at).replies(GATEWAY, THIEF_MAC, VICTIM, VICTIM_MAC).replies(VICTIM, THIEF_MAC, GATEWAY, GATEWAY_MAC);
        }
        assertThat(lan.allFindings(true)).isNotEmpty().isEqualTo(lan.allFindings(false));
    }

    @Test
    void shouldOpenFewIncidentsUnderAFloodOfFalseClaims() {
        for (int i = 0; i < 20_000; i++) {
            lan.at(i * 0.001)
                    .replies(
                            "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255),
                            0x02_11_00_00_00_00L + i,
                            VICTIM,
                            VICTIM_MAC);
        }
        assertThat(lan.findings()).isEmpty();
        for (int i = 0; i < 12_000; i++) {
            long claimingDevice = 0x02_22_00_00_00_00L + i % 200;
            lan.at(30 + i * 0.005).replies("10.0." + i % 200 + ".1", claimingDevice, VICTIM, VICTIM_MAC);
        }
        List<Finding> findings = lan.findings();
        assertThat(findings).hasSize(SegmentHistory.INCIDENTS);
        assertThat(findings.stream()
                        .mapToLong(finding -> evidence(finding).claimingDevices())
                        .sum())
                .isEqualTo(200);
        assertThat(findings)
                .allSatisfy(finding -> assertThat(Wire.severity(finding)).isLessThanOrEqualTo(Severity.MEDIUM));
    }

    @Test
    void shouldRefuseThresholdsThatNoSegmentCanMean() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArpSpoof.Settings(
                        Duration.ofMinutes(10),
                        Duration.ZERO,
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
                        5))
                .withMessageStartingWith("pace: 0s, must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ArpSpoof.Settings(
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(1),
                        Duration.ofHours(24),
                        Duration.ofMinutes(5),
                        1,
                        3,
                        1,
                        2,
                        4,
                        5,
                        99,
                        2,
                        5))
                .withMessageStartingWith("addresses: 99, must be 1 to");
    }
}
