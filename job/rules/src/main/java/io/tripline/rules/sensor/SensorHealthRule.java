package io.tripline.rules.sensor;

import io.tripline.rules.alert.Action;
import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.AttackTechnique.Entry;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.RuleDescription.About;
import io.tripline.rules.alert.RuleDescription.Case;
import io.tripline.rules.alert.Score;
import io.tripline.rules.alert.Score.Part;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.codec.BasicCodecs;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.engine.SubjectRule;
import io.tripline.rules.engine.SubjectState;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.alert.Evidence;
import io.tripline.schemas.alert.RuleEvidence;
import io.tripline.schemas.alert.RuleEvidenceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rule that watches sensors. */
public final class SensorHealthRule {
    private static final String SITE = "https://attack.mitre.org/";

    /** What somebody would do to a sensor; most troubles have other causes. */
    private static final AttackTechnique IMPAIR_DEFENSES = new AttackTechnique(
            new Entry("TA0005", "Defense Evasion", SITE + "tactics/TA0005/"),
            new Entry("T1562", "Impair Defenses", SITE + "techniques/T1562/"),
            null);

    /** Sensors as they report, each for itself. */
    public static final Subject<String, SensorSecond, SensorHealth.State> SENSORS = new Subject<>(
            SensorHealth.UID,
            "rules about sensors",
            Feed.RECORDS,
            BasicCodecs.NAME,
            SensorSecond.CODEC,
            SubjectState.codec("sensor-state", 1, new SensorHealth(SensorHealth.Settings.DEFAULT), SensorSecond.CODEC),
            (settings, parts) -> new SensorFold(parts),
            (settings, trace) -> new SensorHealth(settings.thresholds(SensorHealthRule.DEFINITION), trace));

    /** All sensors together: who is there. */
    public static final Subject<String, PresenceSecond, SensorPresence.State> ALL_SENSORS = new Subject<>(
            SensorPresence.UID,
            "rules about who is silent",
            Feed.ALL_SENSORS,
            BasicCodecs.NAME,
            PresenceSecond.CODEC,
            SubjectState.codec(
                    "presence-state",
                    1,
                    new SensorPresence(SensorHealth.Settings.DEFAULT, ListedSensors.NONE, DecisionTrace.NONE),
                    PresenceSecond.CODEC),
            (settings, parts) -> new PresenceFold(parts),
            (settings, trace) -> new SensorPresence(
                    settings.thresholds(SensorHealthRule.DEFINITION), settings.given(ListedSensors.class), trace));

    public static final SubjectRule<SensorHealth.Settings> DEFINITION = new SubjectRule<>(
            SensorHealth.Settings.DEFAULT,
            new RuleDescription(
                    SensorHealth.RULE,
                    "Sensor health",
                    1,
                    "A sensor is silent, missing or started anew, loses packets or batches, or its clock is off: what is seen through it is not complete.",
                    IMPAIR_DEFENSES,
                    IMPAIR_DEFENSES,
                    Severity.MEDIUM.number(),
                    Severity.MEDIUM.number(),
                    SensorHealthRule::message,
                    SensorHealthRule::score,
                    SensorHealthRule::actions,
                    About.SENSOR,
                    new Fields()),
            List.of(SENSORS, ALL_SENSORS),
            List.of(SensorEvidence.KIND),
            settings -> null);

    private SensorHealthRule() {}

    private static String sensor(Finding finding) {
        return finding.sensors().isEmpty()
                ? "a sensor"
                : "Sensor " + finding.sensors().firstKey();
    }

    /** {@code Sensor lan-1 lost 4,000 of 104,000 packets}. */
    private static String message(Finding finding) {
        String sensor = sensor(finding);
        if (!(finding.detail() instanceof SensorEvidence evidence)) {
            return sensor;
        }
        return switch (evidence.trouble()) {
            case SILENT ->
                String.format(
                        Locale.ROOT,
                        "%s sent nothing for %,d s while others went on%s",
                        sensor,
                        evidence.value(),
                        ended(evidence));
            case MISSING ->
                String.format(
                        Locale.ROOT,
                        "%s is expected and has not been heard for %,d s%s",
                        sensor,
                        evidence.value(),
                        ended(evidence));
            case RESTARTED ->
                evidence.value() == 0
                        ? sensor + " started anew at once"
                        : String.format(Locale.ROOT, "%s started anew: %,d s were not seen", sensor, evidence.value());
            case DISCARDED ->
                String.format(
                        Locale.ROOT, "%s threw away %,d packets that it could not send", sensor, evidence.value());
            case DUPLICATE_NAME ->
                String.format(Locale.ROOT, "%,d sensors call themselves %s", evidence.value(), name(finding));
            case DROPS ->
                String.format(
                        Locale.ROOT,
                        "%s lost %,d of %,d packets before it saw them",
                        sensor,
                        evidence.value(),
                        evidence.value() + evidence.packets());
            case LOST_BATCHES ->
                String.format(Locale.ROOT, "%,d batches of sensor %s did not arrive", evidence.value(), name(finding));
            case CLOCK_OFF ->
                String.format(
                        Locale.ROOT,
                        "%s has a clock that is %s by %,d s",
                        sensor,
                        evidence.clockOffset() > 0 ? "ahead" : evidence.clockOffset() < 0 ? "behind" : "off",
                        evidence.value() / 1_000);
            case CLOCK_SET_BACK ->
                String.format(Locale.ROOT, "%s had its clock set back by %,d s", sensor, evidence.value() / 1_000);
        };
    }

    private static String ended(SensorEvidence evidence) {
        return switch (evidence.end()) {
            case NOT_YET -> "";
            case BACK -> "; it is back";
            case SPOOLED -> "; it is back, with what it saw meanwhile in its spool";
            case STOPPED -> "; it said that it stopped";
            case RETIRED -> "; it is not expected any more";
        };
    }

    private static String name(Finding finding) {
        return finding.sensors().isEmpty() ? "unnamed" : finding.sensors().firstKey();
    }

    /** What blinds is medium, what only misdates is low. */
    private static Score score(RuleDescription rule, Case situation) {
        List<Part> risk = new ArrayList<>(List.of(new Part(rule.id(), rule.baseRisk())));
        if (situation.finding().detail() instanceof SensorEvidence evidence) {
            switch (evidence.trouble()) {
                case CLOCK_OFF, CLOCK_SET_BACK -> risk.add(new Part("only times are concerned", -Severity.STEP));
                case RESTARTED -> risk.add(new Part("it is back", -Severity.STEP));
                case SILENT, MISSING, DROPS, DISCARDED, LOST_BATCHES, DUPLICATE_NAME -> {
                    // Blind is blind.
                }
            }
        }
        return Score.of(risk, rule.highestRisk(), List.of(new Part("told by the sensor itself", 90)));
    }

    private static List<Action> actions(Case situation) {
        List<Action> actions = new ArrayList<>();
        if (situation.finding().detail() instanceof SensorEvidence evidence) {
            actions.add(new Action(
                    switch (evidence.trouble()) {
                        case SILENT -> "See whether the sensor runs, and whether it reaches the brokers";
                        case MISSING ->
                            "Start the sensor, give it the name that the settings list, or take it off their list";
                        case DROPS ->
                            "Give the sensor more capture buffer or processor, or a filter that leaves out bulk traffic";
                        case RESTARTED -> "See why the sensor started anew: an update, a crash, or somebody";
                        case DISCARDED -> "See whether the brokers could be reached, and give the sensor more spool";
                        case DUPLICATE_NAME -> "Give each sensor a name of its own";
                        case LOST_BATCHES ->
                            "See whether the brokers refused or dropped batches, and how long they keep them";
                        case CLOCK_OFF, CLOCK_SET_BACK ->
                            "Set the sensor's clock by NTP or PTP, also the capture card's";
                    },
                    null));
        }
        actions.add(new Action(
                "Read other alerts of this time with care: what this sensor did not see is not in them", null));
        return actions;
    }

    private static final class Fields implements RuleDescription.OwnEvidence {
        /** What is known of the sensor itself, beside its name and packets. */
        @Override
        public Evidence.Sensor sensor(Finding finding, String id, long packets) {
            if (!(finding.detail() instanceof SensorEvidence evidence)) {
                return new Evidence.Sensor(id, packets, null, null);
            }
            boolean drops = evidence.trouble() == SensorEvidence.Trouble.DROPS;
            return new Evidence.Sensor(
                    id,
                    packets,
                    drops ? (Long) evidence.value() : null,
                    evidence.clockOffset() == 0 ? null : (Long) evidence.clockOffset());
        }

        @Override
        public RuleEvidence of(Finding finding) {
            if (!(finding.detail() instanceof SensorEvidence evidence)) {
                return RuleEvidence.NONE;
            }
            boolean open = evidence.end() == SensorEvidence.End.NOT_YET;
            return new RuleEvidenceBuilder()
                    .sensorTrouble(new RuleEvidence.SensorTrouble(
                            evidence.trouble().id(),
                            evidence.value(),
                            open ? "" : evidence.end().id()))
                    .build();
        }
    }
}
