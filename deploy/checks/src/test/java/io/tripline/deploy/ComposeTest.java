package io.tripline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tripline.job.kafka.Topics;
import io.tripline.job.settings.yaml.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** deploy/compose: what the specification asks for, and what we do. */
class ComposeTest {
    private static final Path FOLDER = Project.ROOT.resolve("deploy/compose");

    /** Has the schema of the specification, with the SHA-512 that npm tells of it. */
    private static final String SCHEMA_PACKAGE = "dclint@3.1.0";

    private static final String SCHEMA_SHA_512 =
            "afTGdzRFUXK4yCpIiEW/LOR+9TOMEDhNldDp56VCWzn7JDmD451PcUi640GGlMHgbHKJ10rDBm4PtpcBbjqlXw==";

    private static JsonNode compose;

    @TempDir
    private Path dir;

    @BeforeAll
    static void read() throws IOException {
        compose = Project.yaml(Project.text("deploy/compose/compose.yaml")).get(0);
    }

    @Test
    void shouldKeepToTheSpecification() throws Exception {
        assumeTrue(Project.program("npm").isPresent(), "no npm: not checked against the specification's schema here");
        Project.Run fetched = Project.run(dir, List.of("npm", "pack", "--silent", "--ignore-scripts", SCHEMA_PACKAGE));
        assumeTrue(
                fetched.status() == 0,
                "npm cannot be reached: not checked against the specification's schema here\n" + fetched.said());
        Path archive = dir.resolve("dclint-3.1.0.tgz");
        assertThat(Base64.getEncoder()
                        .encodeToString(java.security.MessageDigest.getInstance("SHA-512")
                                .digest(Files.readAllBytes(archive))))
                .isEqualTo(SCHEMA_SHA_512);
        assertThat(Project.run(dir, List.of("tar", "-xzf", archive.toString())).status())
                .isZero();
        ObjectNode schema = (ObjectNode) Project.JSON.readTree(
                dir.resolve("package/schemas/compose.schema.json").toFile());
        schema.remove("$id"); // is no address, which this validator insists on

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                        .getSchema(schema)
                        .validate(compose))
                .isEmpty();
    }

    private static Stream<Map.Entry<String, JsonNode>> services() {
        return compose.path("services").properties().stream();
    }

    @Test
    void shouldListenOnLoopbackOnly() {
        services()
                .forEach(service -> service.getValue()
                        .path("ports")
                        .forEach(port ->
                                assertThat(port.asText()).as(service.getKey()).matches("127\\.0\\.0\\.1:\\d+:\\d+")));
        assertThat(services()
                        .filter(service ->
                                service.getValue().path("network_mode").asText().equals("host")))
                .extracting(Map.Entry::getKey)
                .as("the sensor alone is on the host's network")
                .containsExactly("sensor");
    }

    @Test
    void shouldGiveNoMoreRightsThanNeeded() {
        services().forEach(entry -> {
            JsonNode service = entry.getValue();
            assertThat(service.path("privileged").asBoolean())
                    .as(entry.getKey())
                    .isFalse();
            assertThat(service.path("cap_drop").toString()).as(entry.getKey()).isEqualTo("[\"ALL\"]");
            assertThat(service.path("security_opt").toString())
                    .as(entry.getKey())
                    .contains("no-new-privileges:true");
            assertThat(service.path("user").asText()).as(entry.getKey()).matches("\\d+:\\d+");
            assertThat(service.at("/deploy/resources/limits/memory").asText())
                    .as(entry.getKey())
                    .isNotEmpty();
            assertThat(service.at("/deploy/resources/limits/pids").asInt())
                    .as(entry.getKey())
                    .isPositive();
            boolean isSensor = entry.getKey().equals("sensor");
            assertThat(service.path("cap_add").toString()).isEqualTo(isSensor ? "[\"NET_RAW\"]" : "");
            assertThat(service.path("user").asText().startsWith("0:"))
                    .as(entry.getKey())
                    .isEqualTo(isSensor);
        });
        assertThat(services()
                        .filter(service -> !service.getValue().path("read_only").asBoolean()))
                .extracting(Map.Entry::getKey)
                .as("what writes beside its settings at its first start")
                .containsExactlyInAnyOrder("elasticsearch", "kibana");
    }

    @Test
    void shouldWatchWhatStaysUpAndWaitForWhatIsNeeded() {
        services().forEach(entry -> {
            JsonNode service = entry.getValue();
            boolean ends = service.path("restart").asText().equals("no");
            assertThat(service.has("healthcheck")).as(entry.getKey()).isEqualTo(!ends);
            service.path("depends_on").properties().forEach(needed -> {
                JsonNode other = compose.path("services").path(needed.getKey());
                assertThat(other.isObject()).as(needed.getKey()).isTrue();
                assertThat(needed.getValue().path("condition").asText())
                        .as(entry.getKey() + " on " + needed.getKey())
                        .isEqualTo(
                                other.path("restart").asText().equals("no")
                                        ? "service_completed_successfully"
                                        : "service_healthy");
            });
        });
    }

    @Test
    void shouldUseTheVersionsThatTestsRunWith() throws IOException {
        String servers = "deploy/stack/servers/pom.xml";
        String elastic = Project.property(servers, "elasticsearch9.version");
        String ours = "${TRIPLINE_VERSION:-" + Project.version() + "}";
        Map<String, String> versions = Map.of(
                "apache/kafka", Project.property(servers, "kafka.version"),
                "docker.elastic.co/elasticsearch/elasticsearch", elastic,
                "docker.elastic.co/kibana/kibana", elastic,
                "tripline/job", ours,
                "tripline/sensor", ours);
        Set<String> seen = new HashSet<>();
        services().forEach(service -> {
            String image = service.getValue().path("image").asText();
            String name = image.substring(0, image.indexOf(':'));
            String version = image.substring(image.indexOf(':') + 1);
            seen.add(name);
            assertThat(version).as(image).isNotEqualTo("latest").isEqualTo(versions.getOrDefault(name, version));
            assertThat(version).as(image).matches("v?\\d+\\.\\d+\\.\\d+|\\$\\{TRIPLINE_VERSION:-.*}");
        });
        assertThat(seen).containsAll(versions.keySet());
    }

    @Test
    void shouldKeepSecretsInFilesThatAreMade() throws Exception {
        Set<String> secrets = new TreeSet<>();
        compose.path("secrets").properties().forEach(secret -> {
            secrets.add(secret.getKey());
            assertThat(secret.getValue().path("file").asText()).isEqualTo("./secrets/" + secret.getKey());
        });
        Set<String> used = new TreeSet<>();
        services().forEach(service -> {
            Set<String> own = new TreeSet<>();
            service.getValue()
                    .path("secrets")
                    .forEach(secret -> own.add(secret.path("source").asText(secret.asText())));
            used.addAll(own);
            // What a service's own lines name must be there for it.
            Matcher named = Pattern.compile("/run/secrets/([a-z0-9.-]+)")
                    .matcher(service.getValue().toString());
            while (named.find()) {
                assertThat(own).as(service.getKey()).contains(named.group(1));
            }
            service.getValue().path("environment").properties().forEach(variable -> {
                if (variable.getKey().contains("PASSWORD")) {
                    assertThat(variable.getValue().asText())
                            .as(variable.getKey())
                            .startsWith("/run/secrets/");
                }
            });
        });
        assertThat(used).isEqualTo(secrets);

        Set<String> made = new TreeSet<>();
        try (Stream<Path> files = Files.list(madeSecrets())) {
            files.forEach(file -> made.add(file.getFileName().toString()));
        }
        assertThat(made).containsAll(secrets);
    }

    private Path madeSecrets() throws Exception {
        assumeTrue(Project.program("openssl").isPresent(), "no openssl: no secrets are made here");
        Files.copy(FOLDER.resolve("make-secrets"), dir.resolve("make-secrets"));
        for (int twice = 0; twice < 2; twice++) {
            Project.Run run = Project.run(dir, List.of("sh", "make-secrets", "tap.example"));
            assertThat(run.status()).as(run.said()).isZero();
        }
        return dir.resolve("secrets");
    }

    /** Files that services mount, and scripts that bash can read. */
    @Test
    void shouldMountWhatIsThere() throws Exception {
        List<String> mounted = new ArrayList<>();
        services()
                .forEach(service -> service.getValue().path("volumes").forEach(volume -> {
                    String source = volume.asText().split(":", -1)[0];
                    if (source.startsWith(".")) {
                        mounted.add(source);
                        assertThat(volume.asText()).endsWith(":ro");
                        assertThat(FOLDER.resolve(source)).exists();
                    } else {
                        assertThat(compose.path("volumes").has(source))
                                .as(source)
                                .isTrue();
                    }
                }));
        assertThat(mounted).isNotEmpty();
        for (String script : List.of("kafka/start.sh", "kafka/rights.sh", "elastic/users.sh", "flink/start-job.sh")) {
            Project.Run check = Project.run(FOLDER, List.of("bash", "-n", script));
            assertThat(check.status()).as(check.said()).isZero();
        }
    }

    /** An alert about a job that nobody scrapes under that name never fires. */
    @Test
    void shouldScrapeTheJobsThatAlertsAreAbout() throws IOException {
        Set<String> alerted = Pattern.compile("job=\"([^\"]+)\"")
                .matcher(Project.text("deploy/prometheus/tripline.rules.yml"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        JsonNode prometheus = Project.yaml(Project.text("deploy/compose/prometheus/prometheus.yml"))
                .get(0);

        assertThat(prometheus.path("scrape_configs").findValuesAsText("job_name"))
                .containsExactlyInAnyOrderElementsOf(alerted)
                .isNotEmpty();
        String rules = prometheus.at("/rule_files/0").asText();
        assertThat(texts(compose.at("/services/prometheus/volumes")))
                .contains("../prometheus/tripline.rules.yml:" + rules + ":ro");
        String dashboards = Project.yaml(Project.text("deploy/grafana/provisioning/dashboards/tripline.yaml"))
                .get(0)
                .at("/providers/0/options/path")
                .asText();
        assertThat(texts(compose.at("/services/grafana/volumes")))
                .contains("../grafana/dashboards:" + dashboards + ":ro");
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    @Test
    void shouldReadItsSettings() throws IOException {
        for (String file : List.of("tripline.yaml", "setup.yaml")) {
            SettingsFile settings = SettingsFile.read(FOLDER.resolve("settings").resolve(file), LocalDate.EPOCH);
            assertThat(settings.mistakes()).isEmpty();
            assertThat(settings.kafka().client()).containsEntry("security.protocol", "SASL_SSL");
        }
    }

    /** The script gives the rights that docs/security.md lists, on the topics that the job has by default. */
    @Test
    void shouldGiveTheRightsOfTheDocumentation() throws IOException {
        List<List<String>> given = new ArrayList<>();
        Matcher lines = Pattern.compile("^allow (\\S+) (\\S+) '([^']*)' (.*)$", Pattern.MULTILINE)
                .matcher(Project.text("deploy/compose/kafka/rights.sh"));
        while (lines.find()) {
            for (String name : lines.group(4).split(" ", -1)) {
                for (String operation : lines.group(3).split(" ", -1)) {
                    given.add(List.of(
                            lines.group(1), lines.group(2), name, operation.toLowerCase(java.util.Locale.ROOT)));
                }
            }
        }
        assertThat(given).containsExactlyInAnyOrderElementsOf(Project.rights());
        Topics topics = Topics.DEFAULT;
        assertThat(given)
                .filteredOn(right -> right.get(1).equals("topic"))
                .extracting(right -> right.get(2))
                .containsOnly(topics.packets(), topics.schemas(), topics.alerts(), topics.late(), topics.rejected());
    }

    /** Java options in the settings of Flink are those of the POM, and what Flink itself opens. */
    @Test
    void shouldGiveFlinkTheJavaOptionsThatItNeeds() throws IOException {
        JsonNode flink =
                Project.yaml(Project.text("deploy/compose/flink/config.yaml")).get(0);
        assertThat(flink.path("env.java.opts.all").asText().split(" ", -1))
                .contains(Project.property("pom.xml", "java.opens").split(" ", -1));
    }

    @Test
    void shouldGoOnFromTheNewestStateAndLeaveASavepointWhoeverMadeItItsOwn() throws Exception {
        Path checkpoint = state("checkpoints/0a/chk-7", 1_000);
        Path savepoint = state("savepoints/savepoint-0a-1", 2_000);
        assertThat(startedJob()).endsWith("--fromSavepoint", "file://" + savepoint, "--", "--config", "c.yaml");

        Path newer = state("checkpoints/0b/chk-1", 3_000);
        assertThat(startedJob()).endsWith("--fromSavepoint", "file://" + newer, "--", "--config", "c.yaml", "--claim");

        Files.delete(newer.resolve("_metadata"));
        Files.delete(savepoint.resolve("_metadata"));
        Files.delete(checkpoint.resolve("_metadata"));
        assertThat(startedJob()).endsWith("--", "--config", "c.yaml").doesNotContain("--fromSavepoint");
    }

    private Path state(String name, long millis) throws IOException {
        Path folder = Files.createDirectories(dir.resolve("state").resolve(name));
        Files.setLastModifiedTime(Files.createFile(folder.resolve("_metadata")), FileTime.fromMillis(millis));
        return folder;
    }

    /** What the script starts Flink with, whose own script tells it here. */
    private List<String> startedJob() throws Exception {
        Path flink = Files.createDirectories(dir.resolve("flink/bin")).resolve("standalone-job.sh");
        Files.writeString(flink, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(flink, PosixFilePermissions.fromString("rwxr-xr-x"));
        Project.Run run = Project.run(
                dir,
                List.of(
                        "env",
                        "TRIPLINE_STATE=" + dir.resolve("state"),
                        "FLINK_HOME=" + dir.resolve("flink"),
                        "bash",
                        FOLDER.resolve("flink/start-job.sh").toString(),
                        "--config",
                        "c.yaml"));
        assertThat(run.status()).as(run.said()).isZero();
        return run.said().lines().toList();
    }
}
