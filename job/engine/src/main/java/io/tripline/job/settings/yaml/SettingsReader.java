package io.tripline.job.settings.yaml;

import io.tripline.job.elastic.ElasticSettings;
import io.tripline.job.kafka.KafkaSettings;
import io.tripline.rules.JobSettings;
import io.tripline.rules.RuleChoice;
import io.tripline.rules.Rules;
import io.tripline.rules.alert.AlertPolicy;
import io.tripline.rules.alert.AllowEntry;
import io.tripline.rules.alert.Asset;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.ThresholdText;
import io.tripline.rules.intel.IntelCounts;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.sensor.ListedSensors;
import io.tripline.shell.yaml.YamlNode;
import io.tripline.shell.yaml.YamlNode.Entry;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From the nodes of a settings file to settings. Goes on after a mistake, so that all are told. */
final class SettingsReader {
    /** Keys at the top of a file. */
    static final List<String> KEYS =
            List.of("zones", "assets", "allow", "rules", "intel", "sensors", "sensors-only", "kafka", "elasticsearch");

    private static final List<String> RULE_KEYS = List.of("enabled", "severity");

    private final Path file;
    private final LocalDate today;
    private final Mistakes mistakes;
    private final Values values;
    private final Mistakes lapsed;
    private final Function<String, Path> listFiles;
    private final Map<String, Severity> severities = new HashMap<>();
    private List<IntelCounts> intelCounts = List.of();
    private Map<String, Path> lists = Map.of();
    private KafkaSettings kafka = KafkaSettings.DEFAULT;
    private @Nullable ElasticSettings elastic;

    SettingsReader(Path file, LocalDate today, Function<String, Path> listFiles, Mistakes mistakes) {
        this.listFiles = listFiles;
        this.file = file;
        this.today = today;
        this.mistakes = mistakes;
        this.values = new Values(mistakes);
        this.lapsed = new Mistakes(mistakes.file());
    }

    JobSettings read(YamlNode root) {
        Group all = Group.of(root, "", KEYS, mistakes);
        if (all == null) {
            return JobSettings.DEFAULT;
        }
        NetworkReader networks = new NetworkReader(mistakes);
        YamlNode zones = all.value("zones");
        Zones inside = zones == null ? Zones.DEFAULT : networks.zones(zones);
        YamlNode assetNodes = all.value("assets");
        List<Asset> assets = assetNodes == null ? List.of() : networks.assets(assetNodes);
        YamlNode allowNodes = all.value("allow");
        List<AllowEntry> allow = allowNodes == null
                ? List.of()
                : new AllowReader(file, today, networks, mistakes, lapsed).entries(allowNodes);
        YamlNode ruleNodes = all.value("rules");
        Map<String, RuleChoice> rules = ruleNodes == null ? Map.of() : rules(ruleNodes);
        YamlNode intelNodes = all.value("intel");
        IntelReader intel = new IntelReader(listFiles, today, mistakes);
        IntelIndex index = intel.read(intelNodes == null ? List.of() : networks.items(intelNodes, "intel"));
        intelCounts = intel.counts();
        lists = intel.files();
        ListedSensors sensors =
                new SensorReader(networks, mistakes).read(all.value("sensors"), all.value("sensors-only"));
        YamlNode kafkaNode = all.value("kafka");
        if (kafkaNode != null) {
            kafka = new KafkaReader(mistakes).read(kafkaNode);
        }
        YamlNode elasticNode = all.value("elasticsearch");
        elastic = elasticNode == null ? null : new ElasticReader(mistakes).read(elasticNode);
        return new JobSettings(new AlertPolicy(inside, assets, allow, severities), rules, index, sensors);
    }

    /** Entries that no longer hold. */
    List<Mistake> lapsed() {
        return lapsed.all();
    }

    /** The files of lists, by the text that names them. */
    Map<String, Path> lists() {
        return lists;
    }

    /** What loading each list gave. */
    List<IntelCounts> intelCounts() {
        return intelCounts;
    }

    /** How the job reaches Elasticsearch; null where it does not. */
    @Nullable
    ElasticSettings elastic() {
        return elastic;
    }

    /** How the job reaches Kafka. */
    KafkaSettings kafka() {
        return kafka;
    }

    private Map<String, RuleChoice> rules(YamlNode node) {
        Map<String, RuleChoice> choices = new HashMap<>();
        Group rules = Group.open(node, "rules", mistakes);
        if (rules == null) {
            return choices;
        }
        for (Entry entry : rules.entries()) {
            Rule<?> rule = Rules.find(entry.key());
            String path = rules.path(entry.key());
            if (rule == null) {
                mistakes.add(entry.line(), path, "no such rule" + Suggestion.of(entry.key(), ids()));
                continue;
            }
            RuleChoice choice = choice(rule, entry.value(), path);
            if (choice != null) {
                choices.put(rule.id(), choice);
            }
        }
        return choices;
    }

    private @Nullable RuleChoice choice(Rule<?> rule, YamlNode node, String path) {
        List<String> keys = new ArrayList<>(RULE_KEYS);
        keys.addAll(ThresholdText.keys(rule.defaults().getClass()));
        Group group = Group.of(node, path, keys, mistakes);
        if (group == null) {
            return null;
        }
        YamlNode enabled = group.value("enabled");
        Boolean on = enabled == null ? Boolean.TRUE : values.bool(enabled, group.path("enabled"));
        YamlNode severity = group.value("severity");
        Severity fixed = severity == null ? null : values.constant(severity, group.path("severity"), Severity.class);
        if (fixed != null) {
            severities.put(rule.id(), fixed);
        }
        Record thresholds = RuleBinding.bind(rule.defaults(), group, mistakes);
        return new RuleChoice(on == null || on, thresholds);
    }

    /** Identifiers of all rules. */
    static List<String> ids() {
        return Rules.ALL.stream().map(Rule::id).toList();
    }
}
