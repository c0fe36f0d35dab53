package io.tripline.analyze;

import io.tripline.rules.JobSettings;
import io.tripline.rules.LocalRules;
import io.tripline.rules.Rules;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.schemas.Address;
import io.tripline.schemas.Dns;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Volume;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.AlertJson;
import io.tripline.schemas.alert.Evidence;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Why a rule did or did not alert about a source in a capture. The rule runs twice over the same batches: once as in
 * the job, for the alerts, and once with somebody who hears of each test, for the values.
 */
final class SourceExplanation {
    private static final int STEP = 4_096;
    private static final int REMEMBERED = 10_000;
    private static final int LISTED = 20;

    private final Rule<?> rule;
    private final Address source;
    private final JobSettings settings;
    private final Set<String> peers = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Alert> alerts = new LinkedHashMap<>();
    private final DecisionLog trace;
    private final AlertAssembler assembler;
    private List<String> problems = List.of();
    private long packets;

    private SourceExplanation(Rule<?> rule, Address source, JobSettings settings) {
        this.rule = rule;
        this.source = source;
        this.settings = settings;
        this.trace = new DecisionLog(rule.id(), this::concerns);
        this.assembler = new AlertAssembler(settings.alerts(), Rules.CATALOGUE, null);
    }

    /** Reads captures to their end. */
    static SourceExplanation of(Rule<?> rule, Address source, List<String> captures, JobSettings settings)
            throws IOException {
        SourceExplanation explanation = new SourceExplanation(rule, source, settings);
        // What the source had to do with must be known before anything is judged that may concern it.
        explanation.read(captures, explanation::meet);
        if (explanation.packets > 0 && settings.isOn(rule.id())) {
            LocalRules asInTheJob = new LocalRules(settings, explanation::take);
            LocalRules heard = explanation.heard();
            explanation.read(captures, batch -> {
                asInTheJob.add(batch);
                heard.add(batch);
            });
            asInTheJob.finish();
            heard.finish();
        }
        return explanation;
    }

    private void read(List<String> names, Consumer<PacketBatch> batches) throws IOException {
        try (Captures captures = Captures.open(names, InputStream.nullInputStream())) {
            Sensor sensor = new Sensor(SensorSettings.of("explain", ""), batches);
            while (captures.read(sensor, STEP) > 0) {
                // read on
            }
            sensor.flush();
            problems = captures.problems().stream().map(Object::toString).toList();
        }
    }

    private void take(Finding finding) {
        boolean his = finding.actor().equals(source)
                || finding.sources().contains(source)
                || (finding.actor().isMac() && concerns(finding.actor().toString()));
        if (his && finding.rule().equals(rule.id())) {
            Alert alert = assembler.assemble(finding);
            alerts.put(alert.id(), alert);
        }
    }

    /**
     * The rules with somebody who hears of each test. Those about actors do not say whom they test, so they judge this
     * one alone.
     */
    private LocalRules heard() {
        boolean aboutActors = rule.subject().isEmpty();
        return new LocalRules(
                settings,
                FailureRooms.single(FailureLimits.DEFAULT),
                trace,
                actor -> !aboutActors || actor.equals(source),
                finding -> {});
    }

    private void meet(PacketBatch batch) {
        for (PacketRecord packet : batch.getRecords()) {
            meet(
                    new Address(packet.getSourceHigh(), packet.getSourceLow()),
                    new Address(packet.getDestinationHigh(), packet.getDestinationLow()),
                    1);
            Dns dns = packet.getDns();
            if (dns != null
                    && names.size() < REMEMBERED
                    && source.equals(new Address(packet.getSourceHigh(), packet.getSourceLow()))) {
                names.add(dns.getName().toLowerCase(Locale.ROOT));
            }
        }
        for (Volume volume : batch.getVolumes()) {
            Address initiator = new Address(volume.getInitiatorHigh(), volume.getInitiatorLow());
            Address responder = new Address(volume.getResponderHigh(), volume.getResponderLow());
            meet(initiator, responder, volume.getPacketsOut());
            meet(responder, initiator, volume.getPacketsIn());
        }
    }

    private void meet(Address from, Address to, long count) {
        if (from.equals(source)) {
            packets += count;
            if (peers.size() < REMEMBERED) {
                peers.add(to.toString());
            }
        }
    }

    /** Whether a test was about this source, or about somebody or something that it had to do with. */
    private boolean concerns(String subject) {
        if (rule.subject().isEmpty()) {
            return true;
        }
        for (String word : subject.split("[\\s,()>]+", -1)) {
            if (word.equals(source.toString()) || peers.contains(word)) {
                return true;
            }
            if (word.indexOf('.') > 0
                    && names.stream().anyMatch(name -> name.equals(word) || name.endsWith("." + word))) {
                return true;
            }
        }
        return false;
    }

    /** What of the captures could not be read. */
    List<String> problems() {
        return problems;
    }

    void print(PrintWriter out) throws IOException {
        out.println(rule.id() + " and " + source);
        if (!settings.isOn(rule.id())) {
            out.println("The settings switch this rule off: enabled: false");
            return;
        }
        if (packets == 0) {
            out.println("The capture has no packet of " + source);
            return;
        }
        out.printf(Locale.ROOT, "%,d packets of it in the capture%n%n", packets);
        alerts(out);
        tests(out);
    }

    private void alerts(PrintWriter out) throws IOException {
        if (alerts.isEmpty()) {
            out.println("No alert");
            return;
        }
        for (Alert alert : alerts.values()) {
            AlertDocument document = AlertJson.read(alert.json());
            out.println((alert.suppressed() ? "Alert, suppressed: " : "Alert: ")
                    + alert.severity().id() + ", "
                    + Terminal.safe(document.message()));
            out.println("  " + Terminal.safe(document.event().reason()));
            Evidence.Allow allowed = document.tripline().allowedBy();
            if (allowed != null) {
                out.println("  suppressed by " + Terminal.safe(allowed.entry()) + " until "
                        + Terminal.safe(allowed.expires()) + " ("
                        + Terminal.safe(allowed.owner()) + ": "
                        + Terminal.safe(allowed.reason()) + ")");
            }
        }
    }

    private void tests(PrintWriter out) {
        out.println();
        if (trace.isEmpty()) {
            out.println("No test was evaluated: nothing that it sent concerns this rule"
                    + (rule.subject().isEmpty() ? ", and no packet of it is a probe" : ""));
            return;
        }
        out.println("Tests, each with its highest value");
        List<DecisionLog.Line> lines = trace.lines();
        for (DecisionLog.Line line : lines.subList(0, Math.min(LISTED, lines.size()))) {
            out.printf(
                    Locale.ROOT,
                    "  %-10s %,12d  of more than %,-8d %s: %s, %s%n",
                    line.passed() ? "passed" : "not passed",
                    line.value(),
                    line.threshold(),
                    Terminal.safe(line.test()),
                    Terminal.safe(line.subject()),
                    when(line.second()));
        }
        long more = lines.size() - Math.min(LISTED, lines.size()) + trace.untold();
        if (more > 0) {
            out.printf(Locale.ROOT, "  and %,d more, further from their thresholds%n", more);
        }
        out.println();
        out.println(why(lines));
    }

    private String why(List<DecisionLog.Line> lines) {
        boolean passed = lines.stream().anyMatch(DecisionLog.Line::passed);
        if (!alerts.isEmpty()) {
            boolean raised = alerts.values().stream().anyMatch(alert -> !alert.suppressed());
            return raised
                    ? "It alerts because of the tests that passed."
                    : "The tests passed, but the settings suppress the alert.";
        }
        return passed
                ? "It does not alert: the tests that must pass together did not pass at the same time."
                : "It does not alert: no test passed.";
    }

    private static String when(long second) {
        return Json.time(second * 1_000_000).substring(0, 19) + "Z";
    }
}
