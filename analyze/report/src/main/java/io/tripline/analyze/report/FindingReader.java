package io.tripline.analyze.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.tripline.analyze.report.Finding.Action;
import io.tripline.analyze.report.Finding.Attack;
import io.tripline.analyze.report.Finding.OpenPort;
import io.tripline.analyze.report.Finding.Test;
import io.tripline.analyze.report.chart.Words;
import io.tripline.rules.network.Service;
import io.tripline.rules.network.ServiceNames;
import io.tripline.schemas.IpProtocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes findings of alert documents. */
final class FindingReader {
    /** Findings whose document stands in the report. */
    private static final int RAW = 20;

    private static final int LISTED = 20;
    private static final Pattern ATTACK_PAGE = Pattern.compile("https://attack\\.mitre\\.org/[a-zA-Z0-9/]+/");
    private static final Map<String, String> DIRECTIONS = Map.of(
            "inbound", "from outside to inside",
            "outbound", "from inside to outside",
            "internal", "between internal hosts",
            "external", "between hosts outside the internal networks");

    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Map<String, Map<Integer, Set<String>>> accepted = new HashMap<>();
    private final boolean oneCapture;

    FindingReader(JsonNode report) {
        oneCapture = report.path("capture").size() == 1;
        for (JsonNode service : report.path("services")) {
            String text = service.path("service").asText();
            int slash = text.indexOf('/');
            if (slash > 0 && text.substring(0, slash).chars().allMatch(Character::isDigit) && slash < 6) {
                accepted.computeIfAbsent(service.path("ip").asText(), ip -> new HashMap<>())
                        .computeIfAbsent(Integer.valueOf(text.substring(0, slash)), port -> new TreeSet<>())
                        .add(text.substring(slash + 1));
            }
        }
    }

    Finding read(JsonNode alert, int number) {
        JsonNode evidence = alert.path("tripline");
        JsonNode event = alert.path("event");
        List<Fact> confidence = parts(evidence.at("/score/confidence"));
        return new Finding(
                number,
                Level.of(event.path("severity").asInt()),
                event.path("risk_score").asInt(),
                evidence.path("confidence").asInt(),
                Format.text(alert.at("/rule/id")),
                Format.text(alert.at("/rule/name")),
                Format.text(alert.path("message")),
                Format.text(alert.at("/rule/description")),
                source(alert),
                target(alert),
                DIRECTIONS.getOrDefault(alert.at("/network/direction").asText(), ""),
                Format.time(event.path("start")),
                Format.time(event.path("end")),
                Format.duration(event.path("start"), event.path("end")),
                event.path("action").asText().equals("closed") ? "ended" : "ongoing at the end of the capture",
                new Evidence(alert).facts(),
                openPorts(alert),
                techniques(evidence),
                tests(evidence),
                parts(evidence.at("/score/risk")),
                confidence,
                limits(evidence, confidence),
                attack(alert.path("threat")),
                actions(evidence),
                texts(evidence.path("frames"), LISTED),
                filter(evidence.path("frames")),
                number <= RAW ? raw(alert) : "",
                Format.text(event.path("id")));
    }

    /** Who did it, as far as a row of a table has room for it. */
    static String source(JsonNode alert) {
        String ip = Format.text(alert.at("/source/ip"));
        String mac = Format.text(alert.at("/source/mac/1"));
        if (!mac.isEmpty()) {
            return ip.isEmpty() ? mac : mac + " (" + ip + ")";
        }
        if (!ip.isEmpty()) {
            return ip;
        }
        long several = alert.at("/tripline/sources/distinct").asLong();
        if (several > 0) {
            return Words.count(several, "source");
        }
        return alert.at("/tripline/sensor_trouble").isObject() ? "sensor " + texts(alert.at("/observer/name"), 1) : "";
    }

    /** To whom, likewise. */
    static String target(JsonNode alert) {
        String ip = Format.text(alert.at("/destination/ip"));
        if (!ip.isEmpty()) {
            return ip;
        }
        JsonNode targets = alert.at("/tripline/targets");
        long distinct = targets.path("distinct").asLong();
        if (distinct == 1 || distinct == 2) {
            return texts(targets.path("sample"), 2);
        }
        return distinct == 0 ? "" : Words.count(distinct, "host");
    }

    private List<OpenPort> openPorts(JsonNode alert) {
        Map<Integer, Set<String>> services =
                accepted.getOrDefault(alert.at("/destination/ip").asText(), Map.of());
        Set<String> asked = transports(alert);
        List<OpenPort> open = new ArrayList<>();
        for (JsonNode port : alert.at("/tripline/ports/open")) {
            Set<String> transports = new TreeSet<>(services.getOrDefault(port.asInt(), Set.of()));
            transports.retainAll(asked);
            for (String transport : transports) {
                int number = transport.equals("udp") ? IpProtocol.UDP : IpProtocol.TCP;
                String name = ServiceNames.name(Service.of(number, port.asInt()));
                open.add(new OpenPort(port.asInt() + "/" + Format.text(transport, 16), name));
            }
            if (transports.isEmpty()) {
                open.add(new OpenPort(String.valueOf(port.asInt()), ""));
            }
        }
        return open;
    }

    /** Transports that were probed: an open port of another is none of this finding. */
    private static Set<String> transports(JsonNode alert) {
        Set<String> transports = new TreeSet<>();
        for (JsonNode technique : alert.at("/tripline/techniques")) {
            String name = technique.path("name").asText();
            transports.add(name.equals("udp") || name.equals("sctp") ? name : "tcp");
        }
        return transports;
    }

    private static List<Fact> techniques(JsonNode evidence) {
        List<Fact> techniques = new ArrayList<>();
        for (JsonNode technique : evidence.path("techniques")) {
            techniques.add(new Fact(
                    Format.text(technique.path("name")),
                    Words.count(technique.path("probes").asLong())));
        }
        return techniques;
    }

    private static List<Test> tests(JsonNode evidence) {
        List<Test> tests = new ArrayList<>();
        for (JsonNode reason : evidence.path("reasons")) {
            tests.add(new Test(
                    Format.text(reason.path("test")),
                    Words.count(reason.path("value").asLong()),
                    Words.count(reason.path("threshold").asLong())));
        }
        return tests;
    }

    /** What risk or confidence is made of. */
    private static List<Fact> parts(JsonNode score) {
        List<Fact> parts = new ArrayList<>();
        for (JsonNode part : score) {
            parts.add(new Fact(
                    Format.text(part.path("reason")),
                    String.format(Locale.ROOT, "%+d", part.path("points").asInt())));
        }
        return parts;
    }

    private static List<String> limits(JsonNode evidence, List<Fact> confidence) {
        List<String> limits = new ArrayList<>();
        confidence.stream()
                .filter(part -> part.value().startsWith("-"))
                .forEach(part -> limits.add(part.name() + " (" + part.value() + ")"));
        boolean told = confidence.stream().anyMatch(part -> part.name().contains("estimated"));
        if (evidence.path("approximate").asBoolean() && !told) {
            limits.add("counts are estimates");
        }
        if (evidence.path("spoofable").asBoolean()) {
            limits.add("the source address may be spoofed: no packet proves that it is genuine");
        }
        long unseen = evidence.at("/ports/unseen").asLong();
        if (unseen > 0) {
            limits.add(Words.count(unseen, "probe") + " whose response is not visible: any of them may be open");
        }
        long dropped = 0;
        for (JsonNode sensor : evidence.path("sensors")) {
            dropped += sensor.path("dropped").asLong();
        }
        if (dropped > 0) {
            limits.add(Words.count(dropped, "packet") + " lost by the capture in that time");
        }
        if (evidence.at("/ports/ranges").asText().endsWith("…")) {
            limits.add("the list of ports is cut short; its count is complete");
        }
        return limits;
    }

    static Attack attack(JsonNode threat) {
        JsonNode technique = threat.path("technique");
        JsonNode sub = technique.path("subtechnique");
        JsonNode exact = sub.isObject() ? sub : technique;
        String name = Format.text(technique.at("/name/0"));
        String url = Format.text(exact.at("/reference/0"));
        return new Attack(
                Format.text(threat.at("/tactic/name/0")),
                Format.text(exact.at("/id/0")),
                sub.isObject() ? name + ": " + Format.text(sub.at("/name/0")) : name,
                ATTACK_PAGE.matcher(url).matches() ? url : "");
    }

    private static List<Action> actions(JsonNode evidence) {
        List<Action> actions = new ArrayList<>();
        for (JsonNode action : evidence.path("actions")) {
            actions.add(new Action(Format.text(action.path("title")), Format.text(action.path("command"))));
        }
        return actions;
    }

    private String filter(JsonNode frames) {
        return oneCapture && !frames.isEmpty()
                ? "frame.number in {" + numbers(frames).collect(Collectors.joining(", ")) + "}"
                : "";
    }

    private static java.util.stream.Stream<String> numbers(JsonNode frames) {
        List<String> numbers = new ArrayList<>();
        frames.forEach(frame -> numbers.add(String.valueOf(frame.asLong())));
        return numbers.stream().limit(LISTED);
    }

    static String texts(JsonNode list, int most) {
        List<String> texts = new ArrayList<>();
        for (JsonNode one : list) {
            if (texts.size() == most) {
                texts.add("…");
                break;
            }
            texts.add(Format.text(one));
        }
        return String.join(", ", texts);
    }

    private String raw(JsonNode alert) {
        try {
            return json.writeValueAsString(alert)
                    .lines()
                    .map(line -> Format.text(line, 4_096))
                    .collect(Collectors.joining("\n"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("in-memory write failed", e);
        }
    }
}
