package io.tripline.job.settings.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.alert.Asset;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.ThresholdText;
import io.tripline.rules.network.Prefix;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.rules.probe.portscan.PortScanRule;
import io.tripline.rules.sensor.ListedSensors;
import io.tripline.rules.sensor.ListedSensors.Listed;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a settings file may say, and what is told of each kind of mistake. */
class SettingsFileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    private Path folder;

    private SettingsFile read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yaml"), text);
        return SettingsFile.read(file, TODAY);
    }

    private List<String> mistakes(String text) throws IOException {
        return read(text).mistakes().stream()
                .map(mistake -> mistake.toString().substring(folder.toString().length() + 1))
                .toList();
    }

    @Test
    void shouldKeepAnEntryThatHasLapsedAndTellOfIt() throws IOException {
        SettingsFile read = read("""
                allow:
                  - source: 10.0.0.1
                    owner: a
                    reason: b
                    expires: 2026-11-21
                """);

        assertThat(read.mistakes()).isEmpty();
        assertThat(read.settings().alerts().allow()).hasSize(1);
        assertThat(read.lapsed())
                .singleElement()
                .asString()
                .endsWith("s.yaml:5: allow[0].expires: ended on 2026-11-21 and today is 2026-11-22;"
                        + " remove the entry, or have its owner renew it");
    }

    private JobSettings right(String text) throws IOException {
        SettingsFile read = read(text);
        assertThat(read.mistakes()).isEmpty();
        return read.settings();
    }

    @Test
    void shouldSetWhatIsWrittenAndLeaveTheRest() throws IOException {
        JobSettings settings = right("""
                zones:
                  internal: 10.0.0.0/8
                assets:
                  - {address: 10.0.0.5, name: mail, criticality: high}
                rules:
                  port-scan:
                    ports: 7
                    stealth-within: 10s
                  host-sweep: {enabled: false, severity: low}
                """);

        assertThat(settings.alerts().zones().internal()).containsExactly(Prefix.parse("10.0.0.0/8"));
        assertThat(settings.alerts().assets())
                .containsExactly(new Asset(Prefix.parse("10.0.0.5"), "mail", Asset.Criticality.HIGH));
        assertThat(settings.thresholds(PortScanRule.DEFINITION))
                .isEqualTo(new PortScan.Settings(7, 100, Duration.ofSeconds(10)));
        assertThat(settings.isOn(HostSweep.RULE)).isFalse();
        assertThat(settings.alerts().severities()).containsEntry(HostSweep.RULE, Severity.LOW);
    }

    @Test
    void shouldReadWhichSensorsThereShouldBe() throws IOException {
        ListedSensors sensors = right("""
                sensors:
                  - lan-1
                  - {name: lab/eth1, segment: lab, key-file: /etc/tripline/keys/lab}
                  - {name: tap-7, retired: true}
                sensors-only: true
                """).sensors();

        assertThat(sensors.only()).isTrue();
        assertThat(sensors.byName())
                .containsOnly(
                        Map.entry("lan-1", new Listed(null, null, false)),
                        Map.entry("lab/eth1", new Listed("lab", "/etc/tripline/keys/lab", false)),
                        Map.entry("tap-7", new Listed(null, null, true)));
        assertThat(mistakes("sensors: [a, a]\n")).singleElement().asString().contains("is already in line 1");
        assertThat(mistakes("sensors: [{nmae: a}]\n")).hasSize(2);
        assertThat(mistakes("sensors-only: true\n")).singleElement().asString().contains("would reject every batch");
    }

    @Test
    void shouldResolveZonesInWhatIsAllowed() throws IOException {
        JobSettings settings = right("""
                zones: {scanners: [192.0.2.0/28, 192.0.2.99]}
                allow:
                  - source: [scanners, 10.0.0.1, "aa:bb:cc:00:00:01"]
                    ports: [22, 8000-8002]
                    owner: me
                    reason: inventory
                    expires: 2026-11-22
                """);

        assertThat(settings.alerts().allow()).singleElement().satisfies(entry -> {
            assertThat(entry.name()).isEqualTo("s.yaml:3");
            assertThat(entry.sources()).hasSize(3);
            assertThat(entry.sourceMacs()).hasSize(1);
            assertThat(entry.ports()).containsExactlyInAnyOrder(22, 8000, 8001, 8002);
        });
    }

    /** Each text makes one mistake; a bar stands for the end of a line. */
    @ParameterizedTest
    @CsvSource(delimiter = '§', textBlock = """
            asets: []                                     § s.yaml:1: asets: no such key; did you mean 'assets'?
            rules:|  port-scn: {}                         § s.yaml:2: rules.port-scn: no such rule; did you mean 'port-scan'?
            rules:|  port-scan:|    prots: 3              § s.yaml:3: rules.port-scan.prots: no such key; did you mean 'ports'?
            rules:|  port-scan:|    ports: 3|    ports: 4 § s.yaml:4: rules.port-scan.ports: duplicate key
            rules: {port-scan: {stealth-within: 5}}       § s.yaml:1: rules.port-scan.stealth-within: '5' has no unit; write a number and its unit (ms, s, m, h, d), such as 60s (default 5s)
            rules: {port-scan: {stealth-within: 5 parsec}} § s.yaml:1: rules.port-scan.stealth-within: '5 parsec' is not a valid duration; write a number and its unit (ms, s, m, h, d), such as 60s (default 5s)
            rules: {port-scan: {stealth-within: 0s}}      § s.yaml:1: rules.port-scan.stealth-within: '0s' is zero; a duration must be above 0, such as 60s (default 5s)
            rules: {port-scan: {stealth-within: -5s}}     § s.yaml:1: rules.port-scan.stealth-within: '-5s' is negative; a duration must be above 0, write a number and its unit (ms, s, m, h, d), such as 60s (default 5s)
            rules: {port-scan: {stealth-within: 2h}}      § s.yaml:1: rules.port-scan.stealth-within: 2h, must be whole seconds from 1s to 60s (default 5s)
            rules: {port-scan: {ports: 0}}                § s.yaml:1: rules.port-scan.ports: 0, must be 1 to 65535 (default 20)
            rules: {port-scan: {ports: -1}}               § s.yaml:1: rules.port-scan.ports: is -1; must be a whole number from 0 to 2147483647 (default 20)
            rules: {port-scan: {ports: '20'}}             § s.yaml:1: rules.port-scan.ports: is text '20'; must be a whole number from 0 to 2147483647, without quotes (default 20)
            rules: {port-scan: {ports: [20]}}             § s.yaml:1: rules.port-scan.ports: is a list; must be a whole number from 0 to 2147483647 (default 20)
            rules: {port-scan: {ports: 99999999999999999999}} § s.yaml:1: rules.port-scan.ports: is '99999999999999999999'; must be a whole number from 0 to 2147483647 (default 20)
            rules: {port-scan: {enabled: yes}}            § s.yaml:1: rules.port-scan.enabled: is 'yes'; must be true or false
            rules: {port-scan: {severity: bad}}           § s.yaml:1: rules.port-scan.severity: is text 'bad'; must be one of low, medium, high, critical
            rules: []                                     § s.yaml:1: rules: is a list; must be a group of keys
            zones: {internal: [10.0.0.0/33]}              § s.yaml:1: zones.internal: prefix length /33 of 10.0.0.0: must be 0 to 32
            zones: {internal: [10.0.0.1/8]}               § s.yaml:1: zones.internal: 10.0.0.1/8 has bits beyond its prefix; the network is 10.0.0.0/8
            zones: {internal: []}                         § s.yaml:1: zones.internal: is an empty list; remove the key or add an entry
            zones:|  a: 10.0.0.0/8|  b: 10.1.0.0/16       § s.yaml:3: zones.b: 10.1.0.0/16 overlaps 10.0.0.0/8 of zone a in line 2; keep one of them
            zones: {internal: [10.0.0.0/8, 10.0.0.0/8]}   § s.yaml:1: zones.internal: 10.0.0.0/8 overlaps 10.0.0.0/8 of zone internal in line 1; keep one of them
            assets:|- {address: 10.0.0.1, name: a}        § s.yaml:2: assets[0].criticality: is missing; write for example criticality: high
            assets: {a: b}                                § s.yaml:1: assets: is a group of keys; must be a list: begin each entry with a dash
            allow:|- {source: 10.0.0.1, owner: a, reason: b} § s.yaml:2: allow[0].expires: is missing; write for example expires: 2027-05-22
            allow:|- {source: 10.0.0.1, owner: a, reason: b, expires: soon} § s.yaml:2: allow[0].expires: is text 'soon'; must be a date such as 2027-01-31
            allow:|- {source: 10.0.0.1, owner: a, reason: b, expires: 2027-02-30} § s.yaml:2: allow[0].expires: is text '2027-02-30'; must be a date of the calendar such as 2027-01-31
            allow:|- {source: scaners, owner: a, reason: b, expires: 2027-02-01} § s.yaml:2: allow[0].source: no zone is called scaners; known are internal
            allow:|- {ports: 9-1, owner: a, reason: b, expires: 2027-02-01} § s.yaml:2: allow[0].ports: 9-1 is not a valid port range; write for example 8000-8100
            rules:|  port-scan:|    stealth-within: 4s|    ports: 400 § s.yaml:4: rules.port-scan.ports: does not go with the default of unseen-ports: 100, must be at least 400, the value of ports; write unseen-ports as well, or another ports
            intel:|- {file: none.txt, format: plain, name: a} § s.yaml:2: intel[0].file: cannot read FOLDER/none.txt (NoSuchFileException); a relative path starts at the settings file
            rules: &x {}                                  § s.yaml:1: rules: an anchor (&x); remove it, aliases are not supported
            rules:|  port-scan: *x                        § s.yaml:2: rules.port-scan: an alias (*x); write the value, aliases are not supported
            zones: {internal: [10.0.0.0/8}                § s.yaml:1: is not YAML: while parsing a flow sequence
            """)
    void shouldTellOfEachMistakeWhereItIsAndWhatWouldBeRight(String text, String expected) throws IOException {
        List<String> told = mistakes(text.replace("|", "\n"));
        assertThat(told).isNotEmpty();
        assertThat(told.get(0)).isEqualTo(expected.replace("FOLDER", folder.toString()));
    }

    @Test
    void shouldTellOfAllMistakesAtOnce() throws IOException {
        assertThat(mistakes("a: 1\nb: 2\nrules:\n  port-scan: {ports: x}\n")).hasSize(3);
    }

    /** Nine lists of nine aliases each would be 10^9 values. */
    @Test
    void shouldRefuseAliasesWithoutUnfoldingThem() throws IOException {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(("*a" + (i - 1) + ",").repeat(9)).append("x]\n");
        }
        assertThat(mistakes(bomb.toString())).anyMatch(told -> told.contains("aliases are not supported"));
    }

    @Test
    void shouldRefuseWhatIsTooLargeOrTooDeepOrNoText() throws IOException {
        assertThat(mistakes("# " + "x".repeat(10 << 20)))
                .singleElement()
                .asString()
                .contains("is larger than 1048576 bytes");
        assertThat(mistakes("a: " + "[".repeat(50_000)))
                .singleElement()
                .asString()
                .contains("is not YAML");
        assertThat(mistakes("")).containsExactly("s.yaml:1: is empty; to run without settings, omit the option");
        assertThat(mistakes("rules: {}\n---\nrules: {}\n"))
                .containsExactly("s.yaml:3: a second document begins here; a settings file has one");
        Path file = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(SettingsFile.read(file, TODAY).mistakes())
                .singleElement()
                .asString()
                .contains("is not UTF-8");
    }

    @Test
    void shouldShowNothingThatSteersATerminal() throws IOException {
        assertThat(mistakes("\"\\e[31mred\": 1\n")).singleElement().asString().doesNotContain("\u001b");
    }

    /** A good file with bytes changed, left out and doubled: it is read or refused, and nothing else happens. */
    @Test
    void shouldReadOrRefuseWhateverComes() throws IOException {
        String good = Files.readString(Path.of("..", "..", "samples", "tripline.yaml"));
        long seed = Long.getLong("tripline.seed", System.nanoTime());
        Random random = new Random(seed);
        String signs = "{}[]:,-&*!|>'\"%@`#?\n \t0aé\u0000\u2028";
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder(good);
            for (int i = random.nextInt(6); i >= 0; i--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, signs.charAt(random.nextInt(signs.length())));
                    case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(20)));
                    default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
                }
            }
            Path file = Files.write(folder.resolve("f.yaml"), text.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(SettingsFile.read(file, TODAY).mistakes())
                    .as("seed %d, round %d", seed, round)
                    .allSatisfy(mistake -> assertThat(mistake.toString()).hasSizeLessThan(1_000));
        }
    }

    /** Every rule's thresholds can be written and read back. */
    @Test
    void shouldBindTheThresholdsOfEveryRule() throws IOException {
        for (Rule<?> rule : Rules.ALL) {
            StringBuilder text = new StringBuilder("rules:\n  " + rule.id() + ":\n    enabled: true\n");
            for (RecordComponent component : rule.defaults().getClass().getRecordComponents()) {
                String key = ThresholdText.key(component.getName());
                assertThat(key).as(rule.id()).isNotIn("enabled", "severity");
                text.append("    ").append(key).append(": ");
                text.append(ThresholdText.written(rule.defaults(), component)).append('\n');
            }
            assertThat(Objects.requireNonNull(right(text.toString()).rules().get(rule.id()))
                            .thresholds())
                    .isEqualTo(rule.defaults());
        }
    }

    @Test
    void shouldReadTheSample() throws IOException {
        SettingsFile sample = SettingsFile.read(Path.of("..", "..", "samples", "tripline.yaml"), TODAY);

        assertThat(sample.mistakes()).isEmpty();
        assertThat(sample.settings().intel().size()).isEqualTo(4);
    }
}
