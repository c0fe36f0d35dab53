package io.tripline.analyze.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

class ChartsTest {
    private static final int MOST = 60_000;

    private static List<Chart> all(JsonNode report) {
        List<Chart> charts = new ArrayList<>(Charts.portMaps(report));
        Charts.trafficOverTime(report).ifPresent(charts::add);
        Charts.protocolShares(report).ifPresent(charts::add);
        Charts.icmpEntropy(report).ifPresent(charts::add);
        Charts.dnsEntropy(report).ifPresent(charts::add);
        Charts.sourceVolumes(report).ifPresent(charts::add);
        return charts;
    }

    @Test
    void shouldDrawNothingWhereThereIsNothingToShow() {
        assertThat(all(new ObjectMapper().createObjectNode())).isEmpty();
        assertThat(all(new ReportJson().minute(0, 5).node())).isEmpty();
        ReportJson empty = new ReportJson();
        empty.portMap("a", "10.0.0.1", false);
        empty.entropies("icmp_echo");
        empty.entropies("dns_names");
        ReportJson.source(empty.sources(), "10.0.0.1", 1_000, 0);
        assertThat(all(empty.node())).isEmpty();
    }

    @Test
    void shouldTellWhatItShowsToThoseWhoDoNotSeeIt() throws Exception {
        for (Chart chart : all(everything())) {
            Drawing drawing = Drawing.of(chart);
            Element root = drawing.root();
            assertThat(root.getAttribute("role")).isEqualTo("img");
            assertThat(root.getAttribute("aria-labelledby")).isEqualTo(chart.id() + "-title " + chart.id() + "-desc");
            assertThat(drawing.all("title").get(0).getTextContent()).isEqualTo(chart.title());
            assertThat(drawing.description()).hasSizeGreaterThan(20).containsPattern("\\d");
            assertThat(chart.id()).matches("[a-z][a-z0-9-]*");
            assertThat(chart.caption()).endsWith(".");
        }
        assertThat(all(everything())).hasSize(6).extracting(Chart::id).doesNotHaveDuplicates();
    }

    @Test
    void shouldNeedNothingFromOutsideAndNoStyleSheet() throws Exception {
        for (Chart chart : all(everything())) {
            assertThat(chart.svg()).doesNotContain("href", "url(", "<script", "<style", "var(");
            for (Element path : Drawing.of(chart).all("path")) {
                assertThat(path.getAttribute("fill"))
                        .as("%s %s", chart.id(), path.getAttribute("d"))
                        .matches("none|#[0-9a-f]{6}");
            }
        }
        assertThat(Charts.style()).contains("prefers-color-scheme: dark").doesNotContain("</");
    }

    @Test
    void shouldHaveAStyleForEveryClassInUse() throws Exception {
        for (Chart chart : all(everything())) {
            for (String element : List.of("path", "rect", "text")) {
                for (Element one : Drawing.of(chart).all(element)) {
                    for (String name : one.getAttribute("class").split(" ", -1)) {
                        assertThat(Charts.style()).contains("." + name + " {");
                    }
                }
            }
        }
    }

    @Test
    void shouldShowPacketsPerSecondAndWhenIncidentsWentOn() throws Exception {
        ReportJson report = new ReportJson().minute(0, 0, 10, 40, 0, 20);
        report.alert("a", "port-scan", 73, 1, 2);
        report.alert("b", "port-scan", 47, 4, 0);

        Chart chart = Charts.trafficOverTime(report.node()).orElseThrow();

        Drawing drawing = Drawing.of(chart);
        assertThat(drawing.description())
                .contains(
                        "70 packets from 06:40:01 to 06:40:05",
                        "40 packets per second, at 06:40:02",
                        "2 incidents of port-scan");
        assertThat(drawing.texts()).contains("port-scan", "packets per second", "06:40:03");
        String steps = drawing.all("path").stream()
                .filter(path -> path.getAttribute("class").startsWith("tl-f-area"))
                .findFirst()
                .orElseThrow()
                .getAttribute("d");
        assertThat(steps.chars().filter(c -> c == 'M').count())
                .as("stretches apart")
                .isEqualTo(2);
        assertThat(drawing.all("rect").stream()
                        .filter(bar -> bar.getAttribute("class").contains("tl-s-alert")
                                && bar.getAttribute("height").equals("14")))
                .as("incidents drawn")
                .hasSize(2);
    }

    @Test
    void shouldAddUpStretchesWhereThereAreMoreThanCanBeSeen() throws Exception {
        ReportJson report = new ReportJson();
        for (int i = 0; i < 10_080; i++) {
            report.stretch(i, 60, 100);
        }

        Chart chart = Charts.trafficOverTime(report.node()).orElseThrow();

        assertThat(Drawing.of(chart).description()).contains("1,008,000 packets", "packets per 36 min");
        assertThat(bytes(chart)).isLessThan(MOST);
    }

    @Test
    void shouldCountEachProtocolOnceAndBothVersionsOfIpTogether() throws Exception {
        JsonNode report = new ReportJson()
                .layer("link", 100, 10_000)
                .layer("link/ip", 60, 6_000)
                .layer("link/ip/tcp", 60, 6_000)
                .layer("link/ip/tcp/https", 50, 5_500)
                .layer("link/ipv6", 40, 4_000)
                .layer("link/ipv6/tcp", 40, 4_000)
                .layer("link/ipv6/tcp/https", 40, 4_000)
                .node();

        Drawing drawing = Drawing.of(Charts.protocolShares(report).orElseThrow());

        assertThat(drawing.description())
                .contains("https over tcp 90.0 % of packets, 95.0 % of bytes", "tcp, other ports 10.0 % of packets");
        assertThat(drawing.texts()).contains("https over tcp").doesNotContain("link", "ip", "ipv6");
    }

    @Test
    void shouldMarkEachProbeByWhatBecameOfIt() throws Exception {
        ReportJson report = new ReportJson();
        report.alert("a", "port-scan", 73, 0, 10);
        ArrayNode points = report.portMap("a", "10.0.0.1", false);
        ReportJson.probe(points, 0, 22, "open");
        ReportJson.probe(points, 1, 23, "closed");
        ReportJson.probe(points, 2, 24, "closed");
        ReportJson.probe(points, 3, 25, "filtered");

        Chart chart = Charts.portMaps(report.node()).get(0);

        Drawing drawing = Drawing.of(chart);
        assertThat(chart.title()).isEqualTo("Ports of 10.0.0.1 probed by 10.0.0.66");
        assertThat(drawing.description()).contains("1 port open, 2 ports closed, 1 port filtered", "Open: 22/tcp.");
        assertThat(drawing.marks("tl-f-open", "m0-5l5 5-5 5-5-5z")).isEqualTo(1 + 1);
        assertThat(drawing.marks("tl-s-usual", "m-2-2l4 4m0-4l-4 4")).isEqualTo(1 + 2);
        assertThat(drawing.marks("tl-s-alert", "m-3 0h6")).isEqualTo(1 + 1);
        assertThat(drawing.texts()).contains("22/tcp", "open: 1", "closed: 2");
    }

    @Test
    void shouldNotMixPortsWithIpProtocols() throws Exception {
        ReportJson report = new ReportJson();
        ArrayNode points = report.portMap("a", "10.0.0.1", false);
        for (int protocol = 0; protocol < 50; protocol++) {
            points.addArray()
                    .add(protocol)
                    .add(protocol)
                    .add("ip")
                    .add("ip-protocol")
                    .add("closed");
        }
        ReportJson.probe(points, 1, 40_125, "closed");

        Drawing drawing = Drawing.of(Charts.portMaps(report.node()).get(0));

        assertThat(drawing.texts()).contains("IP protocol").doesNotContain("port", "40000");
        assertThat(drawing.description()).contains("50 ports closed");
    }

    @Test
    void shouldKeepEveryOpenPortAndSayThatOthersAreASample() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ReportJson report = new ReportJson();
        ObjectNode alert = report.alert("a", "port-scan", 73, 0, 10);
        ((ObjectNode) alert.get("tripline")).putObject("targets").put("distinct", 1);
        ((ObjectNode) alert.get("tripline")).putObject("ports").put("closed", 65_000);
        ArrayNode points = report.portMap("a", "10.0.0.1", true);
        for (int i = 0; i < 5_000; i++) {
            ReportJson.probe(points, random.nextDouble() * 100, 2 + 13 * i, i % 500 == 0 ? "open" : "closed");
        }

        Chart chart = Charts.portMaps(report.node()).get(0);

        Drawing drawing = Drawing.of(chart);
        assertThat(drawing.marks("tl-f-open", "m0-5l5")).as("seed %d", seed).isEqualTo(1 + 10);
        assertThat(drawing.description()).contains("10 ports open, 65,000 ports closed");
        assertThat(chart.caption()).contains("all open ports are here, a uniform sample of the others");
        assertThat(bytes(chart)).isLessThan(MOST);
    }

    @Test
    void shouldTellATunnelFromWhatIsHarmless() throws Exception {
        ReportJson report = new ReportJson();
        ArrayNode points = report.entropies("icmp_echo");
        points.addArray().add(56).add(5.2).add(40).add(0);
        points.addArray().add(800).add(7.7).add(100).add(1);
        points.addArray().add(1_400).add(7.9).add(100).add(1);

        Drawing drawing = Drawing.of(Charts.icmpEntropy(report.node()).orElseThrow());

        assertThat(drawing.marks("tl-f-alert", "l4 7h-8z")).isEqualTo(1 + 2);
        assertThat(drawing.marks("tl-s-usual", "a3 3 0 1 0 6 0")).isEqualTo(1 + 1);
        assertThat(drawing.description())
                .contains(
                        "ICMP tunnel: 200 echo messages, 800 to 1400 bytes long",
                        "others: 40 echo messages, 56 bytes long");
        assertThat(Charts.dnsEntropy(report.node())).isEmpty();
    }

    @Test
    void shouldShowAnOutlierBeyondTheThresholdThatTheRuleApplied() throws Exception {
        ReportJson report = new ReportJson();
        ArrayNode sources = report.sources();
        for (int i = 1; i <= 9; i++) {
            ReportJson.source(sources, "10.0.0." + i, 1_000L * i, 0);
        }
        ReportJson.source(sources, "10.0.0.66", 9_000_000, 8_900_000);
        ObjectNode evidence =
                (ObjectNode) report.alert("a", "volume-outlier", 47, 0, 10).get("tripline");
        evidence.putObject("volume").put("measure", "bytes");
        evidence.putArray("reasons")
                .addObject()
                .put("test", "bytes against Q3 + 1.5 IQR of others")
                .put("value", 8_950_000)
                .put("threshold", 3_000_000);

        Drawing drawing = Drawing.of(Charts.sourceVolumes(report.node()).orElseThrow());

        assertThat(drawing.texts()).contains("outlier above 3 MB", "10.0.0.66", "10.0.0.1");
        assertThat(drawing.description()).contains("10 sources", "Outlier: 10.0.0.66, 9 MB more than it received");
        assertThat(drawing.marks("tl-f-alert", "l6 6-6 6-6-6z")).isEqualTo(1 + 1);
    }

    @Test
    void shouldShowHostileNamesHarmlessly() throws Exception {
        List<String> names = List.of(
                "<script>alert(1)</script>",
                "\"><svg onload=alert(1)>",
                "&lt;&#x41;]]>",
                "a\u0000b\u001bc\u202ed\u2066e\uffff\ud800f",
                "x".repeat(10_000),
                "e" + "\u0301".repeat(500));
        for (String name : names) {
            ReportJson report = new ReportJson().minute(0, 1, 2, 3, 4);
            report.layer("link", 10, 10).layer("link/" + name.replace("/", ""), 10, 10);
            ObjectNode alert = report.alert("a", name, 73, 1, 2);
            alert.putObject("source").put("ip", name);
            ArrayNode points = report.portMap("a", name, false);
            points.addArray().add(0).add(22).add(name).add(name).add("open");
            points.addArray().add(1).add(23).add(name).add(name + "2").add(name);
            ArrayNode sources = report.sources();
            ReportJson.source(sources, name, 1_000, 0);
            ReportJson.source(sources, "10.0.0.1", 2_000, 0);

            List<Chart> charts = all(report.node());

            assertThat(charts).hasSize(4);
            for (Chart chart : charts) {
                Drawing drawing = Drawing.of(chart);
                assertThat(drawing.all("script")).isEmpty();
                assertThat(drawing.all("svg")).hasSize(1);
                assertThat(chart.svg()).doesNotContain("\u0000", "\u001b", "\u202e", "\u2066", "\u0301", "\ud800");
                assertThat(bytes(chart)).isLessThan(20_000);
            }
        }
    }

    @Test
    void shouldStaySmallWithTenThousandIncidents() throws Exception {
        ReportJson report = new ReportJson().minute(0, 1, 2, 3).minute(9, 1, 2, 3);
        for (int i = 0; i < 10_000; i++) {
            report.alert("a" + i, i % 2 == 0 ? "port-scan" : "host-sweep", 47, i % 600, 0);
        }

        Chart chart = Charts.trafficOverTime(report.node()).orElseThrow();

        assertThat(bytes(chart)).isLessThan(MOST);
        assertThat(Drawing.of(chart).description()).contains("5,000 incidents of port-scan");
    }

    @Test
    void shouldThinTheMarksOfLargeSamples() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ReportJson report = new ReportJson();
        ArrayNode points = report.entropies("dns_names");
        for (int i = 0; i < 20_000; i++) {
            points.addArray()
                    .add(1 + random.nextInt(250))
                    .add(random.nextDouble() * 6)
                    .add(1)
                    .add(i % 2);
        }

        Chart chart = Charts.dnsEntropy(report.node()).orElseThrow();

        assertThat(bytes(chart)).as("seed %d", seed).isLessThan(MOST);
        assertThat(chart.caption()).contains("A uniform sample is shown");
        assertThat(Drawing.of(chart).description()).contains("10,000 DNS messages");
    }

    private static int bytes(Chart chart) {
        return chart.svg().getBytes(StandardCharsets.UTF_8).length;
    }

    /** A report that all charts have something of. */
    private static JsonNode everything() {
        ReportJson report =
                new ReportJson().minute(0, 1, 2, 3, 4).layer("link", 10, 10).layer("link/arp", 10, 10);
        report.alert("a", "port-scan", 73, 1, 2);
        ArrayNode points = report.portMap("a", "10.0.0.1", false);
        ReportJson.probe(points, 0, 22, "open");
        ReportJson.probe(points, 0, 23, "closed");
        ReportJson.probe(points, 1, 24, "filtered");
        ReportJson.probe(points, 1, 25, "unseen");
        for (String field : List.of("icmp_echo", "dns_names")) {
            ArrayNode entropies = report.entropies(field);
            entropies.addArray().add(20).add(3.5).add(4).add(0);
            entropies.addArray().add(40).add(4.5).add(4).add(1);
        }
        ArrayNode sources = report.sources();
        ReportJson.source(sources, "10.0.0.1", 1_000, 0);
        ReportJson.source(sources, "10.0.0.2", 3_000_000, 2_500_000);
        return report.node();
    }
}
