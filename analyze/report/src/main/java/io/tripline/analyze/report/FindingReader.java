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
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.AlertJson;
import io.tripline.schemas.alert.Evidence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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

    Finding read(JsonNode document, int number) {
        AlertDocument alert = AlertJson.read(document);
        AlertDocument.Event event = alert.event();
        Evidence evidence = alert.tripline();
        List<Fact> confidence = parts(evidence.score().confidence());
        return new Finding(
                number,
                Level.of(event.severity()),
                (int) event.riskScore(),
                (int) evidence.confidence(),
                Format.text(alert.rule().id()),
                Format.text(alert.rule().name()),
                Format.text(alert.message()),
                Format.text(alert.rule().description()),
                source(alert),
                target(alert),
                DIRECTIONS.getOrDefault(alert.network().direction(), ""),
                Format.time(event.start()),
                Format.time(event.end()),
                Format.duration(event.start(), event.end()),
                event.action().equals("closed") ? "ended" : "ongoing at the end of the capture",
                new EvidenceFacts(alert).facts(),
                openPorts(alert),
                evidence.techniques().stream()
                        .map(technique -> new Fact(Format.text(technique.name()), Words.count(technique.probes())))
                        .toList(),
                evidence.reasons().stream()
                        .map(reason -> new Test(
                                Format.text(reason.test()),
                                Words.count(reason.value()),
                                Words.count(reason.threshold())))
                        .toList(),
                parts(evidence.score().risk()),
                confidence,
                limits(evidence, confidence),
                attack(alert.threat()),
                evidence.actions().stream()
                        .map(action -> new Action(Format.text(action.title()), Format.text(action.command())))
                        .toList(),
                texts(evidence.frames(), LISTED),
                filter(evidence.frames()),
                number <= RAW ? raw(document) : "",
                Format.text(event.id()));
    }

    /** Who did it, as far as a row of a table has room for it. */
    static String source(AlertDocument alert) {
        String ip = Format.text(alert.sourceIp());
        AlertDocument.Source source = alert.source();
        if (source != null && source.mac().size() > 1) {
            String mac = Format.text(source.mac().get(1));
            return ip.isEmpty() ? mac : mac + " (" + ip + ")";
        }
        if (!ip.isEmpty()) {
            return ip;
        }
        Evidence.Hosts several = alert.tripline().sources();
        if (several != null && several.distinct() > 0) {
            return Words.count(several.distinct(), "source");
        }
        return alert.tripline().own().sensorTrouble() == null
                ? ""
                : "sensor " + texts(alert.observer().name(), 1);
    }

    /** To whom, likewise. */
    static String target(AlertDocument alert) {
        String ip = Format.text(alert.destinationIp());
        if (!ip.isEmpty()) {
            return ip;
        }
        Evidence.Hosts targets = alert.tripline().targets();
        long distinct = targets.distinct();
        if (distinct == 1 || distinct == 2) {
            return texts(targets.sample(), 2);
        }
        return distinct == 0 ? "" : Words.count(distinct, "host");
    }

    private List<OpenPort> openPorts(AlertDocument alert) {
        Map<Integer, Set<String>> services = accepted.getOrDefault(alert.destinationIp(), Map.of());
        Set<String> asked = transports(alert);
        List<OpenPort> open = new ArrayList<>();
        for (long port : alert.tripline().ports().open()) {
            Set<String> transports = new TreeSet<>(services.getOrDefault((int) port, Set.of()));
            transports.retainAll(asked);
            for (String transport : transports) {
                int number = transport.equals("udp") ? IpProtocol.UDP : IpProtocol.TCP;
                String name = ServiceNames.name(Service.of(number, (int) port));
                open.add(new OpenPort(port + "/" + Format.text(transport, 16), name));
            }
            if (transports.isEmpty()) {
                open.add(new OpenPort(String.valueOf(port), ""));
            }
        }
        return open;
    }

    /** Transports that were probed: an open port of another is none of this finding. */
    private static Set<String> transports(AlertDocument alert) {
        Set<String> transports = new TreeSet<>();
        for (Evidence.Technique technique : alert.tripline().techniques()) {
            String name = technique.name();
            transports.add(name.equals("udp") || name.equals("sctp") ? name : "tcp");
        }
        return transports;
    }

    /** What risk or confidence is made of. */
    private static List<Fact> parts(List<Evidence.Part> score) {
        return score.stream()
                .map(part -> new Fact(Format.text(part.reason()), String.format(Locale.ROOT, "%+d", part.points())))
                .toList();
    }

    private static List<String> limits(Evidence evidence, List<Fact> confidence) {
        List<String> limits = new ArrayList<>();
        confidence.stream()
                .filter(part -> part.value().startsWith("-"))
                .forEach(part -> limits.add(part.name() + " (" + part.value() + ")"));
        boolean told = confidence.stream().anyMatch(part -> part.name().contains("estimated"));
        if (evidence.approximate() && !told) {
            limits.add("counts are estimates");
        }
        if (evidence.spoofable()) {
            limits.add("the source address may be spoofed: no packet proves that it is genuine");
        }
        long unseen = Objects.requireNonNullElse(evidence.ports().unseen(), 0L);
        if (unseen > 0) {
            limits.add(Words.count(unseen, "probe") + " whose response is not visible: any of them may be open");
        }
        long dropped = evidence.sensors().stream()
                .mapToLong(sensor -> Objects.requireNonNullElse(sensor.dropped(), 0L))
                .sum();
        if (dropped > 0) {
            limits.add(Words.count(dropped, "packet") + " lost by the capture in that time");
        }
        if (evidence.ports().ranges().endsWith("…")) {
            limits.add("the list of ports is cut short; its count is complete");
        }
        return limits;
    }

    static Attack attack(AlertDocument.@Nullable Threat threat) {
        if (threat == null) {
            return new Attack("", "", "", "");
        }
        AlertDocument.Technique technique = threat.technique();
        AlertDocument.Subtechnique sub = technique.subtechnique();
        String name = first(technique.name());
        String url = first(sub == null ? technique.reference() : sub.reference());
        return new Attack(
                first(threat.tactic().name()),
                first(sub == null ? technique.id() : sub.id()),
                sub == null ? name : name + ": " + first(sub.name()),
                ATTACK_PAGE.matcher(url).matches() ? url : "");
    }

    private static String first(List<String> texts) {
        return texts.isEmpty() ? "" : Format.text(texts.get(0));
    }

    private String filter(List<Long> frames) {
        return oneCapture && !frames.isEmpty()
                ? "frame.number in {"
                        + frames.stream().limit(LISTED).map(String::valueOf).collect(Collectors.joining(", ")) + "}"
                : "";
    }

    static String texts(JsonNode list, int most) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts(texts, most);
    }

    /** The first of them, with a sign where there are more. */
    static String texts(List<?> list, int most) {
        String texts = list.stream()
                .limit(most)
                .map(one -> Format.text(String.valueOf(one)))
                .collect(Collectors.joining(", "));
        return list.size() > most ? texts + ", …" : texts;
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
