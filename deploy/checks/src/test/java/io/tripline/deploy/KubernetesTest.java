package io.tripline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.job.kafka.Topics;
import io.tripline.job.settings.yaml.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** deploy/kubernetes: that each document is what its kind takes, and that they fit together. */
class KubernetesTest {
    private static final Path FOLDER = Project.ROOT.resolve("deploy/kubernetes");

    private static JsonNode kustomization;
    private static List<JsonNode> documents;

    @BeforeAll
    static void read() throws IOException {
        kustomization = Project.yaml(Project.text("deploy/kubernetes/kustomization.yaml"))
                .get(0);
        documents = new ArrayList<>();
        for (JsonNode resource : kustomization.path("resources")) {
            documents.addAll(Project.yaml(Project.text("deploy/kubernetes/" + resource.asText())));
        }
    }

    private static List<JsonNode> ofKind(String kind) {
        return documents.stream()
                .filter(document -> document.path("kind").asText().equals(kind))
                .toList();
    }

    private static JsonNode one(String kind) {
        assertThat(ofKind(kind)).as(kind).hasSize(1);
        return ofKind(kind).get(0);
    }

    private static String name(JsonNode document) {
        return document.at("/metadata/name").asText();
    }

    private static Set<String> names(String kind) {
        Set<String> names = new TreeSet<>();
        ofKind(kind).forEach(document -> names.add(name(document)));
        return names;
    }

    /** A pod: what it is called, and its template. */
    private record Pod(String name, JsonNode template) {
        JsonNode spec() {
            return template.path("spec");
        }

        Stream<JsonNode> containers() {
            return Stream.of("initContainers", "containers")
                    .flatMap(kind -> spec().path(kind).valueStream());
        }
    }

    /** Those whose templates are ours: the job's, with what its JobManager has besides, and the sensor's. */
    private static List<Pod> pods() {
        JsonNode flink = one("FlinkDeployment").path("spec");
        JsonNode common = flink.path("podTemplate");
        ObjectNode manager = common.deepCopy();
        ((ObjectNode) manager.path("spec"))
                .set("initContainers", flink.at("/jobManager/podTemplate/spec/initContainers"));
        return List.of(
                new Pod("jobmanager", manager),
                new Pod("taskmanager", common),
                new Pod("sensor", one("DaemonSet").at("/spec/template")));
    }

    @TestFactory
    Stream<DynamicTest> shouldBeWhatItsKindTakes() {
        return documents.stream()
                .map(document -> DynamicTest.dynamicTest(
                        document.path("kind").asText() + " " + name(document), () -> Kinds.check(document)));
    }

    /** The checks above see a misspelt field of each family of kinds. */
    @TestFactory
    Stream<DynamicTest> shouldSeeWhatNoKindTakes() {
        return Map.of(
                        "DaemonSet", "/spec/template/spec",
                        "KafkaUser", "/spec/authorization",
                        "FlinkDeployment", "/spec/job",
                        "Elasticsearch", "/spec/nodeSets/0")
                .entrySet()
                .stream()
                .map(place -> DynamicTest.dynamicTest(place.getKey(), () -> {
                    JsonNode misspelt = ofKind(place.getKey()).get(0).deepCopy();
                    ((ObjectNode) misspelt.at(place.getValue())).put("colour", "red");
                    assertThatThrownBy(() -> Kinds.check(misspelt)).hasMessageContaining("colour");
                }));
    }

    @Test
    void shouldBuildWithKustomize() throws Exception {
        assumeTrue(Project.program("kubectl").isPresent(), "no kubectl: not built here");
        Project.Run run = Project.run(FOLDER, List.of("kubectl", "kustomize", "."));
        assumeTrue(!run.said().contains("unknown command"), "kubectl is too old to build with: not built here");
        assertThat(run.status()).as(run.said()).isZero();
        List<JsonNode> built = Project.yaml(run.said());
        assertThat(built)
                .hasSize(documents.size()
                        + kustomization.path("configMapGenerator").size());
        assertThat(built)
                .filteredOn(document -> !document.path("kind").asText().equals("Namespace"))
                .allMatch(
                        document -> document.at("/metadata/namespace").asText().equals("tripline"));
        // What settings are changed to must restart the job, so its reference has the hash as well.
        JsonNode flink = built.stream()
                .filter(document -> document.path("kind").asText().equals("FlinkDeployment"))
                .findFirst()
                .orElseThrow();
        assertThat(flink.toString()).containsPattern("tripline-job-settings-[a-z0-9]{10}");
    }

    /** As docs/deployment.md shows it. */
    @Test
    void shouldBuildTheOverlayOfTheDocumentation(@TempDir Path dir) throws Exception {
        assumeTrue(Project.program("kubectl").isPresent(), "no kubectl: not built here");
        String page = Project.text("docs/deployment.md");
        int begin = page.indexOf("```yaml\n") + "```yaml\n".length();
        String overlay = page.substring(begin, page.indexOf("```", begin));
        // kustomize takes no folder by its whole path.
        String base = dir.toRealPath().relativize(FOLDER.toRealPath()).toString();
        Files.writeString(dir.resolve("kustomization.yaml"), overlay.replace("../tripline/deploy/kubernetes", base));
        Project.Run run = Project.run(dir, List.of("kubectl", "kustomize", "."));
        assumeTrue(!run.said().contains("unknown command"), "kubectl is too old to build with: not built here");
        assertThat(run.status()).as(run.said()).isZero();
        assertThat(run.said())
                .contains("cidr: 192.0.2.0/24", "registry.example/tripline/sensor:0.1.0")
                .doesNotContain("image: tripline/");
    }

    @Test
    void shouldReferToWhatIsThere() throws IOException {
        String page = Project.text("docs/deployment.md");
        String cluster = name(one("Kafka"));
        String elastic = name(one("Elasticsearch"));
        Set<String> secrets = new HashSet<>(names("Secret"));
        secrets.addAll(names("KafkaUser"));
        secrets.add(cluster + "-cluster-ca-cert");
        secrets.add(elastic + "-es-http-certs-public");
        Set<String> settings = new HashSet<>();
        kustomization
                .path("configMapGenerator")
                .forEach(generated -> settings.add(generated.path("name").asText()));
        List<JsonNode> volumes = new ArrayList<>();
        pods().forEach(pod -> pod.spec().path("volumes").forEach(volumes::add));
        List<String> wanted = new ArrayList<>();
        for (JsonNode volume : volumes) {
            if (volume.has("configMap")) {
                assertThat(settings).contains(volume.at("/configMap/name").asText());
            } else if (volume.has("secret")) {
                wanted.add(volume.at("/secret/secretName").asText());
            } else if (volume.has("persistentVolumeClaim")) {
                assertThat(names("PersistentVolumeClaim"))
                        .contains(volume.at("/persistentVolumeClaim/claimName").asText());
            }
        }
        one("Elasticsearch")
                .at("/spec/auth")
                .forEach(list -> list.forEach(
                        secret -> wanted.add(secret.path("secretName").asText())));
        assertThat(wanted).hasSizeGreaterThan(6);
        for (String secret : wanted) {
            assertThat(secrets.contains(secret) || page.contains("| `" + secret + "` |"))
                    .as(secret + " is there, made by an operator, or to be made as docs/deployment.md says")
                    .isTrue();
        }
        assertThat(names("ServiceAccount"))
                .contains(one("FlinkDeployment").at("/spec/serviceAccount").asText());
        for (Pod pod : pods()) {
            Set<String> there = new HashSet<>();
            pod.spec()
                    .path("volumes")
                    .forEach(volume -> there.add(volume.path("name").asText()));
            pod.containers()
                    .flatMap(container -> container.path("volumeMounts").valueStream())
                    .forEach(mount -> assertThat(there)
                            .as(pod.name())
                            .contains(mount.path("name").asText()));
        }
    }

    @Test
    void shouldReadItsSettingsAndFindItsServers() throws IOException {
        SettingsFile job = SettingsFile.read(FOLDER.resolve("settings/tripline.yaml"), LocalDate.EPOCH);
        assertThat(job.mistakes()).isEmpty();
        assertThat(job.kafka().brokers()).containsExactly(name(one("Kafka")) + "-kafka-bootstrap:9093");
        assertThat(Objects.requireNonNull(job.elastic()).hosts())
                .containsExactly("https://" + name(one("Elasticsearch")) + "-es-http:9200");
        JsonNode sensor = Project.yaml(Project.text("deploy/kubernetes/settings/sensor.yaml"))
                .get(0);
        assertThat(sensor.path("to").asText())
                .isEqualTo("kafka:" + name(one("Kafka")) + "-kafka-bootstrap."
                        + kustomization.path("namespace").asText() + ".svc:9093");
        // Each path in settings lies in a folder that is mounted.
        for (Pod pod : pods()) {
            JsonNode text = pod.name().equals("sensor")
                    ? sensor
                    : Project.yaml(Project.text("deploy/kubernetes/settings/tripline.yaml"))
                            .get(0);
            pod.containers().forEach(container -> {
                List<String> mounts = container.path("volumeMounts").findValuesAsText("mountPath");
                java.util.regex.Pattern.compile("/etc/[a-z-]+|/var/lib/[a-z]+")
                        .matcher(text.toString())
                        .results()
                        .forEach(path -> assertThat(mounts).as(pod.name()).contains(path.group()));
            });
        }
    }

    @Test
    void shouldMakeTheTopicsThatTheJobHasByDefault() {
        Topics topics = Topics.DEFAULT;
        assertThat(names("KafkaTopic"))
                .containsExactlyInAnyOrder(
                        topics.packets(), topics.alerts(), topics.late(), topics.rejected(), topics.schemas());
        for (JsonNode topic : ofKind("KafkaTopic")) {
            boolean ofSensors = List.of(topics.packets(), topics.schemas()).contains(name(topic));
            assertThat(topic.at("/spec/config/message.timestamp.type").asText())
                    .as(name(topic))
                    .isEqualTo(ofSensors ? "LogAppendTime" : "");
            assertThat(topic.at("/spec/config/cleanup.policy").asText())
                    .as(name(topic))
                    .isEqualTo(name(topic).equals(topics.schemas()) ? "compact" : "");
        }
        int slots = one("FlinkDeployment").at("/spec/job/parallelism").asInt();
        assertThat(ofKind("KafkaTopic").stream()
                        .filter(topic -> name(topic).equals(topics.packets()))
                        .findFirst()
                        .orElseThrow()
                        .at("/spec/partitions")
                        .asInt())
                .as("each instance of the source has a partition")
                .isGreaterThanOrEqualTo(slots);
    }

    @Test
    void shouldGiveTheRightsOfTheDocumentation() throws IOException {
        List<List<String>> given = new ArrayList<>();
        for (JsonNode user : ofKind("KafkaUser")) {
            for (JsonNode rule : user.at("/spec/authorization/acls")) {
                rule.path("operations")
                        .forEach(operation -> given.add(List.of(
                                name(user),
                                rule.at("/resource/type").asText()
                                        + (rule.at("/resource/patternType")
                                                        .asText()
                                                        .equals("prefix")
                                                ? "s"
                                                : ""),
                                rule.at("/resource/name").asText(),
                                operation.asText().toLowerCase(Locale.ROOT))));
            }
        }
        assertThat(given).containsExactlyInAnyOrderElementsOf(Project.rights());
    }

    @Test
    void shouldBindWhatBelongsTogether() {
        String cluster = name(one("Kafka"));
        Stream.of("KafkaNodePool", "KafkaTopic", "KafkaUser")
                .flatMap(kind -> ofKind(kind).stream())
                .forEach(document -> assertThat(document.at("/metadata/labels/strimzi.io~1cluster")
                                .asText())
                        .as(name(document))
                        .isEqualTo(cluster));
        JsonNode sensor = one("DaemonSet").path("spec");
        assertThat(sensor.at("/selector/matchLabels")).isEqualTo(sensor.at("/template/metadata/labels"));
        assertThat(one("Kibana").at("/spec/elasticsearchRef/name").asText()).isEqualTo(name(one("Elasticsearch")));
        assertThat(one("RoleBinding").at("/roleRef/name").asText()).isEqualTo(name(one("Role")));
    }

    @Test
    void shouldStartASensorAnewWhereItIsStuckAndNotWhereKafkaIsAway() {
        JsonNode sensor = one("DaemonSet").at("/spec/template/spec/containers/0");
        assertThat(sensor.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/live");
        assertThat(sensor.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health");
    }

    @Test
    void shouldLetNothingThroughButWhatIsNamed() {
        JsonNode deny = ofKind("NetworkPolicy").stream()
                .filter(policy -> name(policy).equals("default-deny"))
                .findFirst()
                .orElseThrow()
                .path("spec");
        assertThat(deny.toString()).isEqualTo("{\"podSelector\":{},\"policyTypes\":[\"Ingress\",\"Egress\"]}");
        // Labels that pods have: ours, and those that operators give.
        Set<String> labels = new HashSet<>(Set.of(
                "strimzi.io/cluster=" + name(one("Kafka")),
                "strimzi.io/name=" + name(one("Kafka")) + "-kafka",
                "strimzi.io/name=" + name(one("Kafka")) + "-entity-operator",
                "elasticsearch.k8s.elastic.co/cluster-name=" + name(one("Elasticsearch")),
                "kibana.k8s.elastic.co/name=" + name(one("Kibana"))));
        pods().forEach(pod -> pod.template()
                .at("/metadata/labels")
                .properties()
                .forEach(label ->
                        labels.add(label.getKey() + "=" + label.getValue().asText())));
        for (JsonNode policy : ofKind("NetworkPolicy")) {
            policy.findValues("podSelector")
                    .forEach(selector -> selector.path("matchLabels")
                            .properties()
                            .forEach(label -> assertThat(labels)
                                    .as(name(policy))
                                    .contains(label.getKey() + "="
                                            + label.getValue().asText())));
        }
    }

    /** Ports without addresses would let a pod that was taken over send what it knows anywhere. */
    @Test
    void shouldNameWhoMayBeReached() {
        for (JsonNode policy : ofKind("NetworkPolicy")) {
            for (JsonNode rule : policy.at("/spec/egress")) {
                assertThat(rule.path("to")).as(name(policy)).isNotEmpty();
                for (JsonNode to : rule.path("to")) {
                    assertThat(to.isEmpty()).as(name(policy)).isFalse();
                    assertThat(to.at("/ipBlock/cidr").asText()).as(name(policy)).doesNotEndWith("/0");
                }
            }
        }
    }

    /** Strimzi opens a listener to everybody unless it has a list, whatever other policies say. */
    @Test
    void shouldNameWhoMayComeToKafka() {
        JsonNode listeners = one("Kafka").at("/spec/kafka/listeners");
        assertThat(listeners).isNotEmpty();
        for (JsonNode listener : listeners) {
            assertThat(listener.path("networkPolicyPeers"))
                    .as(listener.path("name").asText())
                    .isNotEmpty()
                    .allMatch(peer -> peer.has("podSelector")
                            || !peer.at("/ipBlock/cidr").asText("/0").endsWith("/0"));
        }
    }

    /** What a pod writes is bounded, and its container may have as much as its folders together. */
    @Test
    void shouldBoundWhatPodsWriteOnTheNodesDisk() {
        for (Pod pod : pods()) {
            long all = 0;
            for (JsonNode volume : pod.spec().path("volumes")) {
                if (volume.has("emptyDir")) {
                    all += bytes(volume.at("/emptyDir/sizeLimit").asText());
                }
            }
            if (pod.name().equals("taskmanager")) {
                assertThat(bytes(one("FlinkDeployment")
                                .at("/spec/taskManager/resource/ephemeralStorage")
                                .asText()))
                        .isGreaterThanOrEqualTo(all);
            }
        }
        assertThat(bytes(one("FlinkDeployment")
                        .at("/spec/jobManager/resource/ephemeralStorage")
                        .asText()))
                .isPositive();
    }

    /**
     * Brokers that fill up stop, so what topics may keep has to fit, each partition with one more segment of 1 GiB and
     * the file system with its reserve.
     */
    @Test
    void shouldHaveRoomForWhatTheTopicKeeps() {
        JsonNode packets = ofKind("KafkaTopic").stream()
                .filter(topic -> name(topic).equals(Topics.DEFAULT.packets()))
                .findFirst()
                .orElseThrow()
                .path("spec");
        JsonNode brokers = ofKind("KafkaNodePool").stream()
                .filter(pool -> name(pool).equals("broker"))
                .findFirst()
                .orElseThrow()
                .path("spec");
        long kept = packets.path("partitions").asLong()
                * packets.path("replicas").asLong()
                * (packets.at("/config/retention.bytes").asLong() + (1L << 30))
                / brokers.path("replicas").asLong();
        assertThat(bytes(brokers.at("/storage/volumes/0/size").asText()) / 100 * 93)
                .isGreaterThan(kept);
    }

    /** Bytes of a quantity such as 2Gi. */
    private static long bytes(String quantity) {
        assertThat(quantity).matches("[0-9]+(Mi|Gi)");
        long count = Long.parseLong(quantity.substring(0, quantity.length() - 2));
        return count << (quantity.endsWith("Gi") ? 30 : 20);
    }

    @Test
    void shouldGivePodsNoMoreRightsThanNeeded() {
        for (Pod pod : pods()) {
            boolean isSensor = pod.name().equals("sensor");
            assertThat(pod.spec().path("hostNetwork").asBoolean())
                    .as(pod.name())
                    .isEqualTo(isSensor);
            assertThat(pod.spec().path("hostPID").asBoolean()).isFalse();
            assertThat(pod.spec().at("/securityContext/runAsNonRoot").asBoolean())
                    .as(pod.name())
                    .isEqualTo(!isSensor);
            assertThat(pod.spec().at("/securityContext/seccompProfile/type").asText())
                    .isEqualTo("RuntimeDefault");
            pod.containers().forEach(container -> {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("privileged").asBoolean()).isFalse();
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.path("capabilities").toString())
                        .as(pod.name())
                        .isEqualTo(isSensor ? "{\"drop\":[\"ALL\"],\"add\":[\"NET_RAW\"]}" : "{\"drop\":[\"ALL\"]}");
                if (!container.path("name").asText().equals("flink-main-container")) {
                    assertThat(container.at("/resources/requests/memory").asText())
                            .isNotEmpty();
                    assertThat(container.at("/resources/limits/memory").asText())
                            .isNotEmpty();
                }
            });
        }
    }

    @Test
    void shouldUseTheVersionsThatTestsRunWith() throws IOException {
        String servers = "deploy/stack/servers/pom.xml";
        assertThat(one("Kafka").at("/spec/kafka/version").asText())
                .isEqualTo(Project.property(servers, "kafka.version"));
        for (String kind : List.of("Elasticsearch", "Kibana")) {
            assertThat(one(kind).at("/spec/version").asText())
                    .isEqualTo(Project.property(servers, "elasticsearch9.version"));
        }
        String flink = Project.property("pom.xml", "flink.version");
        assertThat(one("FlinkDeployment").at("/spec/flinkVersion").asText())
                .isEqualTo("v" + flink.replace('.', '_').replaceFirst("_\\d+$", ""));
        assertThat(one("FlinkDeployment").at("/spec/image").asText()).isEqualTo("tripline/job:" + Project.version());
        pods().forEach(pod -> pod.containers()
                .map(container -> container.path("image").asText())
                .filter(image -> !image.isEmpty())
                .forEach(image -> assertThat(image).endsWith(":" + version())));
        assertThat(one("FlinkDeployment")
                        .at("/spec/flinkConfiguration/env.java.opts.all")
                        .asText()
                        .split("\\s+", -1))
                .contains(Project.property("pom.xml", "java.opens").split(" ", -1));
    }

    private static String version() {
        try {
            return Project.version();
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
