package io.tripline.analyze;

import io.tripline.analyze.report.chart.Words;
import io.tripline.job.settings.yaml.Mistake;
import io.tripline.job.settings.yaml.SettingsFile;
import io.tripline.job.settings.yaml.Suggestion;
import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.alert.AttackTechnique;
import io.tripline.rules.alert.RuleDescription;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.intel.IntelCounts;
import io.tripline.rules.network.AddressText;
import io.tripline.schemas.Address;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tripline rules}: which rules there are, how they decide, and whether a settings file is right. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Lists and explains rules, and checks settings files.")
final class RulesCommand {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    private PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** One line for each rule. */
    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists all rules.")
    int list(
            @Option(
                            names = "--config",
                            paramLabel = "FILE",
                            description = "Settings file that says which rules are on.")
                    @Nullable
                    Path config) {
        JobSettings settings = SettingsFiles.read(config);
        for (Rule<?> rule : sorted()) {
            RuleDescription about = Rules.CATALOGUE.rule(rule.id());
            out().printf(
                            Locale.ROOT,
                            "%-18s %-4s %-16s %-18s %s%n",
                            rule.id(),
                            state(rule, settings),
                            severity(about, settings),
                            attack(about),
                            about.description());
        }
        return ExitStatus.DONE;
    }

    static List<Rule<?>> sorted() {
        return Rules.ALL.stream()
                .sorted(java.util.Comparator.comparing(Rule::id))
                .collect(Collectors.toList());
    }

    /** Whether a rule runs; {@code idle} where it is on and has nothing to look for. */
    static String state(Rule<?> rule, JobSettings settings) {
        boolean runs = rule.subject().isEmpty() || settings.isAnyOn(rule.subject());
        return !settings.isOn(rule.id()) ? "off" : runs ? "on" : "idle";
    }

    static String severity(RuleDescription about, JobSettings settings) {
        Severity fixed = settings.alerts().severities().get(about.id());
        return fixed == null ? "up to " + Severity.ofRisk(about.highestRisk()).id() : "always " + fixed.id();
    }

    static String attack(RuleDescription about) {
        String ids = Stream.of(Optional.ofNullable(about.attack(true)), Optional.ofNullable(about.attack(false)))
                .flatMap(Optional::stream)
                .map(RulesCommand::id)
                .distinct()
                .collect(Collectors.joining(", "));
        return ids.isEmpty() ? "none" : ids;
    }

    private static String id(AttackTechnique attack) {
        AttackTechnique.Entry sub = attack.sub();
        return sub == null ? attack.technique().id() : sub.id();
    }

    /** How a rule decides, and on request what it made of a source. */
    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = {
                "Explains what a rule sees, how it decides and what it cannot see.",
                "With --capture and --source: shows each of its tests for that source, and why it alerted or not."
            })
    int explain(
            @Parameters(paramLabel = "RULE", description = "Identifier of the rule, such as port-scan.") String id,
            @Option(names = "--capture", paramLabel = "FILE", description = "Capture file or folder; may be repeated.")
                    @Nullable
                    List<String> captures,
            @Option(names = "--source", paramLabel = "IP", description = "Address of the source to look at.") @Nullable
                    String source,
            @Option(names = "--config", paramLabel = "FILE", description = "Settings file to evaluate with.") @Nullable
                    Path config)
            throws IOException {
        Rule<?> rule = Rules.find(id);
        if (rule == null) {
            throw new UserError(
                    ExitStatus.USAGE,
                    "no rule is called '" + Terminal.safe(id) + "'"
                            + Suggestion.of(id, Rules.ALL.stream().map(Rule::id).toList()));
        }
        if ((captures == null) != (source == null)) {
            throw new UserError(ExitStatus.USAGE, "--capture and --source require each other");
        }
        JobSettings settings = SettingsFiles.read(config);
        if (captures == null || source == null) {
            RuleText.print(rule, settings, out());
            return ExitStatus.DONE;
        }
        Address address = AddressText.parse(source);
        if (address == null) {
            throw new UserError(
                    ExitStatus.USAGE,
                    "--source: '" + Terminal.safe(source) + "' is not a valid IP address such as 192.0.2.1");
        }
        SourceExplanation explanation = SourceExplanation.of(rule, address, captures, settings);
        explanation.print(out());
        List<String> problems = explanation.problems();
        problems.forEach(problem -> command.commandLine().getErr().println("tripline: " + Terminal.safe(problem)));
        return problems.isEmpty() ? ExitStatus.DONE : ExitStatus.INPUT;
    }

    /** Whether a settings file is right. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Validates a settings file and the lists that it names: every error, with file and line.",
            exitCodeListHeading = "%nExit status:%n",
            exitCodeList = {"0:valid", "65:not valid", "74:cannot read"})
    int check(@Parameters(paramLabel = "FILE", description = "The settings file.") Path file) {
        SettingsFile read = SettingsFiles.open(file);
        List<Mistake> mistakes = new ArrayList<>(read.mistakes());
        mistakes.addAll(read.lapsed());
        mistakes.sort(Comparator.comparingInt(Mistake::line));
        if (!mistakes.isEmpty()) {
            throw new UserError(ExitStatus.INPUT, SettingsFiles.lines(mistakes));
        }
        JobSettings settings = read.settings();
        List<String> off = sorted().stream()
                .map(Rule::id)
                .filter(id -> !settings.isOn(id))
                .collect(Collectors.toCollection(ArrayList::new));
        out().printf(
                        Locale.ROOT,
                        "%s is valid: %s, %s, %s, %s set%s%n",
                        Terminal.safe(file.toString()),
                        Words.count(settings.alerts().zones().internal().size(), "internal network"),
                        Words.count(settings.alerts().assets().size(), "asset"),
                        Words.count(settings.alerts().allow().size(), "allow entry"),
                        Words.count(settings.rules().size(), "rule"),
                        off.isEmpty() ? "" : ", off: " + String.join(", ", off));
        for (IntelCounts counts : read.intel()) {
            SettingsFiles.tell(counts, out());
        }
        return ExitStatus.DONE;
    }
}
