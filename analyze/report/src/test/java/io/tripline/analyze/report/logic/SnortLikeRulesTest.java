package io.tripline.analyze.report.logic;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.Rules;
import io.tripline.rules.engine.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Rules of Suricata and Snort 3 against the grammar of their manuals, as far as these rules use it; Debian has neither
 * program to check them with.
 */
class SnortLikeRulesTest {
    private static final Pattern RULE = Pattern.compile(
            "alert (?<protocol>\\w+) (?<from>\\S+) (?<fromPort>\\S+) -> (?<to>\\S+) (?<toPort>\\S+) \\((?<options>.*;)\\)");
    private static final String ADDRESS = "any|\\$HOME_NET";
    private static final String PORT = "any|\\d+|\\[\\d+(,\\d+)*]";
    private static final Pattern OPTION = Pattern.compile("\\s*(?<name>[a-z_.]+)(:(?<value>(\"[^\"]*\"|[^;\"])*))?;");
    private static final Set<String> CLASSES =
            Set.of("attempted-recon", "attempted-user", "attempted-dos", "trojan-activity", "policy-violation");

    /** Options that both know alike. */
    private static final Map<String, String> COMMON = Map.ofEntries(
            Map.entry("msg", "\"TRIPLINE [^\";\\\\]+\""),
            Map.entry("flow", "stateless|to_server"),
            Map.entry("flags", "0|[FSRPAUCE]+(,[CE]+)?"),
            Map.entry("itype", "\\d+"),
            Map.entry("icode", ">?\\d+"),
            Map.entry("dsize", ">?\\d+"),
            Map.entry("byte_test", "\\d,!?[<>=&],\\d+,\\d+"),
            Map.entry("classtype", "[a-z-]+"),
            Map.entry("sid", "\\d+"),
            Map.entry("rev", "1"));

    private static final Map<String, String> SURICATA = with(
            Map.entry("threshold", "type (both|limit), track by_(src|dst|both), count \\d+, seconds \\d+"),
            Map.entry("content", "\"[A-Za-z]+\""),
            Map.entry("depth", "\\d+"),
            Map.entry("dns.query", ""),
            Map.entry("ip.dst", ""),
            Map.entry("pcre", "\"/.+/\""),
            Map.entry("dataset", "isset,[a-z-]+,type (ip|string),load [a-z-]+\\.lst"),
            Map.entry("metadata", "mitre_technique_id T\\d{4}(\\.\\d{3})?"));

    private static final Map<String, String> SNORT = with(
            Map.entry("detection_filter", "track by_(src|dst), count \\d+, seconds \\d+"),
            Map.entry("content", "\"[A-Za-z]+\",depth \\d+"),
            Map.entry("metadata", "mitre_technique T\\d{4}(\\.\\d{3})?"));

    @SafeVarargs
    private static Map<String, String> with(Map.Entry<String, String>... entries) {
        Map<String, String> all = new HashMap<>(COMMON);
        for (Map.Entry<String, String> entry : entries) {
            all.put(entry.getKey(), entry.getValue());
        }
        return all;
    }

    private static List<String> lines(Function<DetectionLogic, Optional<String>> of) {
        List<String> lines = new ArrayList<>();
        for (Rule<?> rule : Rules.ALL) {
            of.apply(DetectionLogic.of(rule.id()))
                    .ifPresent(text -> text.lines().forEach(lines::add));
        }
        return lines;
    }

    @Test
    void shouldBeValidForSuricata() {
        List<String> lines = lines(DetectionLogic::suricata);
        assertThat(lines).hasSizeGreaterThan(15);
        lines.forEach(line -> check(line, SURICATA, Set.of("tcp", "udp", "icmp", "ip", "dns")));
    }

    @Test
    void shouldBeValidForSnort() {
        List<String> lines = lines(DetectionLogic::snort);
        assertThat(lines).hasSizeGreaterThan(12);
        lines.forEach(line -> check(line, SNORT, Set.of("tcp", "udp", "icmp", "ip")));
    }

    @Test
    void shouldHaveLocalNumbersOfTheirOwn() {
        List<String> lines = lines(DetectionLogic::suricata);
        lines.addAll(lines(DetectionLogic::snort));
        Set<Long> seen = new HashSet<>();
        for (String line : lines) {
            Matcher sid = Pattern.compile("sid:(\\d+);").matcher(line);
            assertThat(sid.find()).as(line).isTrue();
            long number = Long.parseLong(sid.group(1));
            assertThat(number).isBetween(1_000_000L, 1_999_999L);
            assertThat(seen.add(number)).as(line).isTrue();
        }
    }

    private static void check(String line, Map<String, String> known, Set<String> protocols) {
        Matcher rule = RULE.matcher(line);
        assertThat(rule.matches()).as(line).isTrue();
        assertThat(protocols).contains(rule.group("protocol"));
        assertThat(List.of(rule.group("from"), rule.group("to"))).allMatch(address -> address.matches(ADDRESS));
        assertThat(List.of(rule.group("fromPort"), rule.group("toPort"))).allMatch(port -> port.matches(PORT));
        String options = rule.group("options");
        Matcher option = OPTION.matcher(options);
        List<String> names = new ArrayList<>();
        int end = 0;
        while (option.find() && option.start() == end) {
            String name = option.group("name");
            String value = option.group("value") == null ? "" : option.group("value");
            assertThat(known).as(line).containsKey(name);
            assertThat(value).as("%s in %s", name, line).matches(known.get(name));
            names.add(name);
            end = option.end();
        }
        assertThat(end).as("read of %s", options).isEqualTo(options.length());
        assertThat(names).startsWith("msg").contains("classtype", "sid", "rev");
        if (rule.group("protocol").equals("icmp")) {
            assertThat(names).doesNotContain("flags");
        }
        Matcher classtype = Pattern.compile("classtype:([a-z-]+);").matcher(options);
        assertThat(classtype.find() && CLASSES.contains(classtype.group(1)))
                .as(line)
                .isTrue();
    }
}
