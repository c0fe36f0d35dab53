package io.tripline.stack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tripline.stack.KafkaListener;
import io.tripline.stack.KafkaServer;
import io.tripline.stack.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sensor, job and the example consumers with a Kafka that speaks TLS, asks for a log-in (SCRAM-SHA-512 or PLAIN) and
 * allows each user what docs/security.md says and no more.
 */
@Tag("system")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SecuredKafkaTest {
    private static final Path PAGE = Program.ROOT.resolve("docs/security.md");
    private static final Path CAPTURE = Program.ROOT.resolve("samples/syn_21ports.pcap");
    private static final List<String> USERS = List.of("admin", "sensor", "job", "soar", "stranger");
    private static final int UNAVAILABLE = 69;
    private static final int INPUT_OUTPUT = 74;

    /** Of the user who logs in with PLAIN. */
    private static final String PLAIN = "secret-of-soar";

    @TempDir
    private static Path dir;

    private static Path authority;
    private static Path otherAuthority;
    private static KafkaServer kafka;
    private static String brokers;

    @BeforeAll
    static void start() throws Exception {
        Certificates certificates = Certificates.make(dir.resolve("certificates"), "Ours");
        authority = certificates.authority();
        otherAuthority = Certificates.make(dir.resolve("others"), "Others").authority();
        List<Integer> ports = Ports.free(3);
        brokers = "127.0.0.1:" + ports.get(2);
        KafkaListener secure = new KafkaListener(
                "SECURE",
                ports.get(2),
                "SASL_SSL",
                Map.of(
                        "sasl.enabled.mechanisms",
                        "SCRAM-SHA-512,PLAIN",
                        "plain.sasl.jaas.config",
                        "org.apache.kafka.common.security.plain.PlainLoginModule required user_soar=\"" + PLAIN + "\";",
                        "scram-sha-512.sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;",
                        "ssl.keystore.location",
                        certificates.keyStore().toString(),
                        "ssl.keystore.password",
                        Certificates.PASSWORD,
                        "ssl.key.password",
                        Certificates.PASSWORD));
        kafka = new KafkaServer(
                dir,
                ports.get(0),
                ports.get(1),
                List.of(secure),
                Map.of(
                        "authorizer.class.name",
                        "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        // The broker itself, and this test over the plain listener.
                        "super.users",
                        "User:ANONYMOUS;User:admin"));
        kafka.startAndAwait();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            for (String user : USERS) {
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                                user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password(user))))
                        .all()
                        .get(60, TimeUnit.SECONDS);
            }
            admin.createAcls(documentedRights()).all().get(60, TimeUnit.SECONDS);
        }
        Program.JOB.run("setup", "--config", jobSettings(right("admin"))).well();
    }

    @AfterAll
    static void stop() {
        kafka.stop();
    }

    private static String password(String user) {
        return "secret of " + user + " \"; x=\"";
    }

    /** The table of docs/security.md: user, kind of resource, its names, and what may be done with them. */
    private static List<AclBinding> documentedRights() throws IOException {
        List<AclBinding> rights = new ArrayList<>();
        for (String line : Files.readAllLines(PAGE)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length != 6 || !line.matches("\\| `[a-z]+` \\| (topic|group|groups that begin with) \\|.*")) {
                continue;
            }
            String user = cells[1].replace("`", "").strip();
            for (String name : cells[3].replace("`", "").strip().split(", ", -1)) {
                for (String operation : cells[4].strip().split(", ", -1)) {
                    rights.add(new AclBinding(
                            new ResourcePattern(
                                    cells[2].strip().equals("topic") ? ResourceType.TOPIC : ResourceType.GROUP,
                                    name,
                                    cells[2].strip().startsWith("groups") ? PatternType.PREFIXED : PatternType.LITERAL),
                            new AccessControlEntry(
                                    "User:" + user,
                                    "*",
                                    AclOperation.fromString(operation.replace(' ', '_')),
                                    AclPermissionType.ALLOW)));
                }
            }
        }
        assertThat(rights).hasSizeGreaterThan(8);
        return rights;
    }

    /** Properties of Kafka's Java clients; the password stands in a file of its own. */
    private static Map<String, String> client(String user, String password, Path trusted) throws IOException {
        Path secret = Files.createTempFile(dir, user, ".properties");
        // A password in quotes, these quoted; the file's own escapes on top of that.
        String quoted = password.replace("\\", "\\\\").replace("\"", "\\\"");
        String jaas = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
                + "\" password=\"" + quoted + "\";";
        Files.writeString(secret, "jaas=" + jaas.replace("\\", "\\\\") + "\n");
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "SCRAM-SHA-512",
                "sasl.jaas.config",
                "${file:" + secret + ":jaas}",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                trusted.toString());
    }

    private static Path settings(String text, String indent, Map<String, String> client) throws IOException {
        StringBuilder yaml = new StringBuilder(text);
        client.forEach((key, value) ->
                yaml.append(indent).append(key).append(": \"").append(value).append("\"\n"));
        return Files.writeString(Files.createTempFile(dir, "settings", ".yaml"), yaml);
    }

    private static Path sensorSettings(Map<String, String> client) throws IOException {
        return settings(
                "to: \"kafka:" + brokers + "\"\nname: east\n" + (client.isEmpty() ? "" : "kafka:\n"), "  ", client);
    }

    private static Path jobSettings(Map<String, String> client) throws IOException {
        return settings(
                "kafka:\n  brokers: [\"" + brokers + "\"]\n" + (client.isEmpty() ? "" : "  client:\n"), "    ", client);
    }

    /** It ends with that status and one line of its own, beside what Kafka's client says. */
    private static void refuses(Program.Running running, int status, String... words) throws Exception {
        Program.Ended ended = running.await();
        assertThat(ended.status()).as(ended.out() + ended.err()).isEqualTo(status);
        assertThat(ended.err()).contains(words).doesNotContain("secret of", "\tat ");
        assertThat(ended.err().lines().filter(line -> !line.matches("tripline: (warn|error): .*")))
                .as(ended.err())
                .hasSize(1);
    }

    private static void bothRefuse(Map<String, String> sensor, Map<String, String> job, String... words)
            throws Exception {
        try (Program.Running sensing = sensor(sensor);
                Program.Running judging = job(job)) {
            refuses(sensing, INPUT_OUTPUT, words);
            refuses(judging, UNAVAILABLE, words);
        }
    }

    /** So that each consumer begins at the beginning. */
    private static void forgetGroup() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.address()))) {
            admin.deleteConsumerGroups(List.of("soar")).all().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(GroupIdNotFoundException.class);
        }
    }

    /** The Java example, as docs/alerts.md starts it. */
    private Program.Ended javaConsumer(Map<String, String> client) throws Exception {
        forgetGroup();
        StringBuilder properties = new StringBuilder("""
                config.providers=file
                config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
                """);
        client.forEach(
                (key, value) -> properties.append(key).append('=').append(value).append('\n'));
        Path file = Files.writeString(dir.resolve("consumer.properties"), properties);
        return Program.start(
                        Map.of(),
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Program.ROOT
                                        .resolve("docs/examples/AlertConsumer.java")
                                        .toString(),
                                brokers,
                                dir.resolve("cases-java").toString(),
                                "--kafka-properties",
                                file.toString(),
                                "--group",
                                "soar",
                                "--until-idle",
                                "8"))
                .await();
    }

    private Program.Ended pythonConsumer(String password, Path trusted) throws Exception {
        assumeTrue(
                Program.start(Map.of(), List.of("/usr/bin/python3", "-c", "import confluent_kafka"))
                                .await()
                                .status()
                        == 0,
                "no python3-confluent-kafka: not tested here");
        forgetGroup();
        Path file = Files.writeString(dir.resolve("consumer-python.properties"), """
                security.protocol=SASL_SSL
                sasl.mechanism=PLAIN
                sasl.username=soar
                sasl.password=%s
                ssl.ca.location=%s
                """.formatted(password, trusted));
        return Program.start(
                        Map.of(),
                        List.of(
                                "/usr/bin/python3",
                                Program.ROOT
                                        .resolve("docs/examples/alert_consumer.py")
                                        .toString(),
                                brokers,
                                dir.resolve("cases-python").toString(),
                                "--until-idle",
                                "8",
                                "--group",
                                "soar",
                                "--kafka-properties",
                                file.toString()))
                .await();
    }

    private static Map<String, String> right(String user) throws IOException {
        return client(user, password(user), authority);
    }

    private static Program.Running sensor(Map<String, String> client) throws Exception {
        return Program.SENSOR.start("--config", sensorSettings(client), "-r", CAPTURE);
    }

    private static Program.Running job(Map<String, String> client) throws Exception {
        return Program.JOB.start(
                "run", "--config", jobSettings(client), "--until-now", "--parallelism", 1, "--dir", dir.resolve("job"));
    }

    @Test
    @Order(1)
    void shouldBringAlertsFromSensorThroughJobToConsumer() throws Exception {
        sensor(right("sensor")).await().well();
        job(right("job")).await().well();

        assertThat(javaConsumer(right("soar")).well().out()).contains("opens ");
    }

    @Test
    @Order(2)
    void shouldBringAlertsToAConsumerInPython() throws Exception {
        assertThat(pythonConsumer(PLAIN, authority).well().out()).contains("opens ");
    }

    @Test
    void shouldRefuseAWrongPassword() throws Exception {
        bothRefuse(
                client("sensor", "wrong", authority),
                client("job", "wrong", authority),
                "authentication failed",
                "see sasl.*");
    }

    @Test
    void shouldTrustNoOtherAuthority() throws Exception {
        bothRefuse(
                client("sensor", password("sensor"), otherAuthority),
                client("job", password("job"), otherAuthority),
                "certification path",
                "see ssl.*");
    }

    @Test
    void shouldSayWhatToLookAtWithoutEncryptionOrLogIn() throws Exception {
        Map<String, String> withoutLogIn = new HashMap<>(right("sensor"));
        withoutLogIn.put("security.protocol", "SSL");
        withoutLogIn.keySet().removeIf(key -> key.startsWith("sasl."));
        try (Program.Running sensor = sensor(withoutLogIn);
                Program.Running job = job(withoutLogIn)) {
            bothRefuse(Map.of(), Map.of(), "no response", "security.protocol");
            refuses(sensor, INPUT_OUTPUT, "no response", "security.protocol");
            refuses(job, UNAVAILABLE, "no response", "security.protocol");
        }
    }

    @Test
    void shouldSayWhatAUserMayNotDo() throws Exception {
        try (Program.Running sensor = sensor(right("stranger"));
                Program.Running job = job(right("sensor"))) {
            refuses(sensor, INPUT_OUTPUT, "tripline.packets: not authorised");
            refuses(job, UNAVAILABLE, "no such topic: tripline.alerts", "may not see it");
        }
    }

    @Test
    void shouldRefuseConsumers() throws Exception {
        Program.Ended password = javaConsumer(client("soar", "wrong", authority));
        assertThat(password.status()).isEqualTo(UNAVAILABLE);
        assertThat(password.err()).contains("Authentication failed").doesNotContain("\tat ");
        Program.Ended certificate = javaConsumer(client("soar", password("soar"), otherAuthority));
        assertThat(certificate.status()).isEqualTo(UNAVAILABLE);
        assertThat(certificate.err()).contains("SSL").doesNotContain("\tat ");
        Program.Ended rights = javaConsumer(right("stranger"));
        assertThat(rights.status()).isEqualTo(UNAVAILABLE);
        assertThat(rights.err()).contains("Not authorized");
    }

    @Test
    void shouldRefuseConsumersInPython() throws Exception {
        Program.Ended password = pythonConsumer("wrong", authority);
        assertThat(password.status()).as(password.err()).isEqualTo(UNAVAILABLE);
        assertThat(password.err()).contains("uthentication failed").doesNotContain("Traceback");
        Program.Ended certificate = pythonConsumer(PLAIN, otherAuthority);
        assertThat(certificate.status()).as(certificate.err()).isEqualTo(UNAVAILABLE);
        assertThat(certificate.err()).contains("certificate").doesNotContain("Traceback");
    }
}
