package io.tripline.rules.alert;

import static io.tripline.rules.alert.FindingBuilder.OUTSIDE;
import static io.tripline.rules.alert.FindingBuilder.START;
import static io.tripline.rules.alert.FindingBuilder.arpSweep;
import static io.tripline.rules.alert.FindingBuilder.hostSweep;
import static io.tripline.rules.alert.FindingBuilder.portScan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.rules.Rules;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.network.Service;
import io.tripline.schemas.Address;
import io.tripline.schemas.AlertSchema;
import io.tripline.schemas.IpProtocol;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The document of an alert. */
class AlertDocumentTest {
    @Test
    void shouldWriteAllFieldsInTheOrderOfTheContract() {
        JsonNode document = Documents.of(portScan(21).open(22).build());

        assertThat(paths(document))
                .containsExactly(
                        "@timestamp",
                        "event.kind",
                        "event.category",
                        "event.type",
                        "event.action",
                        "event.id",
                        "event.start",
                        "event.end",
                        "event.severity",
                        "event.risk_score",
                        "event.dataset",
                        "event.reason",
                        "message",
                        "rule.id",
                        "rule.name",
                        "rule.version",
                        "rule.description",
                        "threat.framework",
                        "threat.tactic.id",
                        "threat.tactic.name",
                        "threat.tactic.reference",
                        "threat.technique.id",
                        "threat.technique.name",
                        "threat.technique.reference",
                        "source.ip",
                        "destination.ip",
                        "related.ip",
                        "network.transport",
                        "network.direction",
                        "observer.name",
                        "observer.type",
                        "observer.vendor",
                        "observer.product",
                        "tripline.techniques[].name",
                        "tripline.techniques[].probes",
                        "tripline.ports.distinct",
                        "tripline.ports.sample",
                        "tripline.ports.open",
                        "tripline.ports.closed",
                        "tripline.ports.filtered",
                        "tripline.ports.ranges",
                        "tripline.targets.distinct",
                        "tripline.targets.sample",
                        "tripline.packets",
                        "tripline.bytes",
                        "tripline.reasons[].test",
                        "tripline.reasons[].value",
                        "tripline.reasons[].threshold",
                        "tripline.confidence",
                        "tripline.score.risk[].reason",
                        "tripline.score.risk[].points",
                        "tripline.score.confidence[].reason",
                        "tripline.score.confidence[].points",
                        "tripline.approximate",
                        "tripline.spoofable",
                        "tripline.sensors[].id",
                        "tripline.sensors[].packets",
                        "tripline.frames",
                        "tripline.first_seen",
                        "tripline.detected",
                        "tripline.actions[].title",
                        "tripline.actions[].command");
    }

    @Test
    void shouldBeTheSameByteForByteForEqualFindings() {
        FindingBuilder finding = portScan(21).sensor("a", 1).sensor("b", 1).open(22);

        Alert alert = Documents.ASSEMBLER.assemble(finding.build());

        assertThat(new AlertAssembler(Zones.DEFAULT, Rules.CATALOGUE).assemble(finding.build()))
                .isEqualTo(alert);
        assertThat(alert.json()).doesNotContain("\n");
    }

    @Test
    void shouldTellAnAttackFromInsideAsDiscoveryAndFromOutsideAsReconnaissance() {
        JsonNode inside = Documents.of(portScan(21).build()).path("threat");
        JsonNode outside = Documents.of(portScan(21).from(OUTSIDE).build()).path("threat");
        JsonNode sweep = Documents.of(hostSweep(254, 445).build()).path("threat");

        assertThat(inside.at("/tactic/name/0").asText()).isEqualTo("Discovery");
        assertThat(inside.at("/technique/id/0").asText()).isEqualTo("T1046");
        assertThat(outside.at("/tactic/id/0").asText()).isEqualTo("TA0043");
        assertThat(outside.at("/technique/subtechnique/id/0").asText()).isEqualTo("T1595.001");
        assertThat(sweep.at("/technique/id/0").asText()).isEqualTo("T1018");
    }

    @Test
    void shouldTellTimesOfTheCaptureWhateverTheStreamsClock() {
        long shift = 86_400_000_000L;
        JsonNode document =
                Documents.of(portScan(21).at(START + shift).clockShift(shift).build());

        assertThat(document.path("@timestamp").asText()).isEqualTo("2026-03-20T07:47:32.388726Z");
        assertThat(document.at("/event/start").asText()).isEqualTo("2026-03-20T07:47:31.388726Z");
        assertThat(document.at("/event/end").asText()).isEqualTo("2026-03-20T07:47:31.418726Z");
        assertThat(document.at("/tripline/first_seen").asText()).isEqualTo("2026-03-20T07:47:31.388726Z");
    }

    @Test
    void shouldTellWhenItWasMadeAndHowLongThatTookOnlyByAClock() {
        AlertAssembler live =
                new AlertAssembler(Zones.DEFAULT, Rules.CATALOGUE, () -> Instant.parse("2026-03-20T07:47:34.000999Z"));

        JsonNode opened = AlertSchema.check(live.assemble(portScan(21).build()).json());
        JsonNode closed = AlertSchema.check(
                live.assemble(portScan(21).stage(Stage.CLOSED).build()).json());
        JsonNode fast = AlertSchema.check(
                live.assemble(portScan(21).at(START + 60_000_000).build()).json());

        assertThat(opened.at("/event/created").asText()).isEqualTo("2026-03-20T07:47:34.000999Z");
        assertThat(opened.at("/tripline/time_to_detect_ms").asLong()).isEqualTo(1_612);
        assertThat(closed.at("/event/action").asText()).isEqualTo("closed");
        assertThat(closed.at("/tripline").has("time_to_detect_ms")).isFalse();
        assertThat(fast.at("/tripline/time_to_detect_ms").asLong())
                .as("a sensor's clock ahead of ours")
                .isZero();
    }

    @Test
    void shouldNameAnActorWithoutIpAddressByItsMac() {
        JsonNode document = Documents.of(
                arpSweep(254).from(Address.ofMac(0x0200_5e00_53afL)).build());

        assertThat(document.path("source").toString())
                .isEqualTo("{\"mac\":[\"02-00-5E-00-53-AF\",\"02:00:5e:00:53:af\"]}");
        assertThat(document.at("/related/ip")).hasSize(20);
        assertThat(document.at("/network").toString()).isEqualTo("{\"protocol\":\"arp\",\"direction\":\"internal\"}");
    }

    @Test
    void shouldTakeWhoAsksByArpAsInternalWhateverItsAddress() {
        JsonNode document = Documents.of(arpSweep(254).from(OUTSIDE).build());

        assertThat(document.at("/network/direction").asText()).isEqualTo("internal");
        assertThat(document.at("/threat/technique/id/0").asText()).isEqualTo("T1018");
    }

    @Test
    void shouldNameASingleTargetAndRelateAll() {
        JsonNode one =
                Documents.of(portScan(21).from("2001:db8::1").target("fd00::1").build());
        JsonNode many = Documents.of(portScan(21).hosts(300).build());

        assertThat(one.at("/destination/ip").asText()).isEqualTo("fd00::1");
        assertThat(one.at("/related/ip").toString()).isEqualTo("[\"2001:db8::1\",\"fd00::1\"]");
        assertThat(many.has("destination")).isFalse();
        assertThat(many.at("/related/ip")).hasSize(21);
        assertThat(many.at("/tripline/targets/distinct").asLong()).isEqualTo(300);
    }

    @Test
    void shouldKeepPortsAsNumbersAndTheirTransportsInRanges() {
        JsonNode document = Documents.of(portScan(2)
                .services(
                        3,
                        List.of(
                                Service.of(IpProtocol.TCP, 53),
                                Service.of(IpProtocol.TCP, 80),
                                Service.of(IpProtocol.UDP, 53),
                                Service.of(IpProtocol.ARP, 0)),
                        "tcp 53,80; udp 53; arp")
                .by(Probing.SYN, 2)
                .by(Probing.UDP, 1)
                .openServices(Service.of(IpProtocol.TCP, 53), Service.of(IpProtocol.UDP, 53))
                .build());

        assertThat(document.at("/tripline/ports").toString())
                .isEqualTo("{\"distinct\":3,\"sample\":[53,80],\"open\":[53],\"closed\":2,\"filtered\":0,"
                        + "\"ranges\":\"tcp 53,80; udp 53; arp\"}");
        assertThat(document.path("network").has("transport")).isFalse();
    }

    @Test
    void shouldCallSilenceUnseenWhereNoAnswersAreVisible() {
        JsonNode ports = Documents.of(
                        portScan(200).answersUnseen().outcomes(0, 0, 200).build())
                .at("/tripline/ports");

        assertThat(ports.path("unseen").asLong()).isEqualTo(200);
        assertThat(ports.has("filtered")).isFalse();
    }

    @Test
    void shouldTellReasonsAndWhatTheScoreIsMadeOf() {
        assertThat(Documents.of(portScan(21).build()).at("/event/reason").asText())
                .isEqualTo("distinct ports of one target in 60 s: 21 (more than 20)."
                        + " Risk 59: port-scan +47, internal source +12. Confidence 95: thresholds passed +95");
    }

    @Test
    void shouldSurviveHostileSensorNames() {
        String steering = "\u001b[2J\u0000\r\n\u202e\"},{\u2028\ud800";
        FindingBuilder finding =
                portScan(21).sensor(steering, 5_000).sensor("", 4_000).sensor("x".repeat(100_000), 3_000);
        for (int i = 0; i < 100; i++) {
            finding.sensor("s" + i, 1);
        }

        JsonNode names = Documents.of(finding.build()).at("/observer/name");

        assertThat(names).hasSize(32);
        assertThat(names.get(0).asText()).isEqualTo("\ufffd[2J\ufffd\ufffd\ufffd\ufffd\"},{\ufffd\ufffd");
        assertThat(names.get(1).asText()).isEqualTo("unnamed");
        assertThat(names.get(2).asText()).isEqualTo("x".repeat(63) + "…");
        assertThat(names.get(3).asText()).isEqualTo("lan");
    }

    @Test
    void shouldBoundWhatIsListed() {
        FindingBuilder finding = portScan(65_000);
        for (int i = 0; i < 1_000; i++) {
            finding.reason("test " + i + "x".repeat(5_000), i, 0);
        }

        JsonNode document = Documents.of(finding.build());

        assertThat(document.at("/tripline/reasons")).hasSize(16);
        assertThat(document.at("/tripline/ports/sample")).hasSize(100);
    }

    @Test
    void shouldWriteADocumentForAnyTime() {
        for (long start : List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 1, START)) {
            for (long shift : List.of(0L, 1L, Long.MIN_VALUE, Long.MAX_VALUE)) {
                Documents.of(portScan(21).at(start).clockShift(shift).build());
            }
        }
    }

    @Test
    void shouldRefuseARuleThatNobodyDescribed() {
        RuleCatalogue empty = new RuleCatalogue(List.of());

        assertThatThrownBy(() -> new AlertAssembler(Zones.DEFAULT, empty)
                        .assemble(portScan(21).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no rule is called port-scan; known are []");
    }

    @Test
    void shouldTellInTheAlertWhatItsDocumentTells() {
        Finding finding = portScan(1_000).stage(Stage.UPDATED).build();

        Alert alert = Documents.ASSEMBLER.assemble(finding);
        JsonNode document = AlertSchema.check(alert.json());

        assertThat(alert.id()).isEqualTo(document.at("/event/id").asText());
        assertThat(alert.severity().number())
                .isEqualTo(document.at("/event/severity").asInt());
        assertThat(alert.risk()).isEqualTo(document.at("/event/risk_score").asInt());
        assertThat(alert.rule()).isEqualTo(document.at("/rule/id").asText());
        assertThat(alert.actor()).hasToString(document.at("/source/ip").asText());
        assertThat(CaptureTime.text(alert.firstSeen()))
                .isEqualTo(document.at("/event/start").asText());
        assertThat(document.at("/event/action").asText()).isEqualTo("updated");
    }

    /** Paths of all leaves in the order of the document; of a list of objects those of the first. */
    private static List<String> paths(JsonNode document) {
        List<String> paths = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            JsonNode value = field.getValue();
            String name = field.getKey();
            if (value.isArray() && value.path(0).isObject()) {
                paths(value.get(0)).forEach(path -> paths.add(name + "[]." + path));
            } else if (value.isObject()) {
                paths(value).forEach(path -> paths.add(name + "." + path));
            } else {
                paths.add(name);
            }
        }
        return paths;
    }
}
