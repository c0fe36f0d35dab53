package io.tripline.sensor.program;

import io.tripline.schemas.BatchKey;
import io.tripline.schemas.SensorName;
import io.tripline.sensor.flow.SensorSettings;
import io.tripline.sensor.publish.KafkaClientSettings;
import io.tripline.sensor.publish.Ledger;
import io.tripline.sensor.publish.Reasons;
import io.tripline.sensor.publish.Target;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the sensor is to do, checked as a whole. */
final class SensorChoices {
    private static final int CONVERSATIONS = 1 << 20;
    private static final String SPOOL_OFF = "off";
    private static final int METRICS_PORT = 9464;

    private final Choices choices;
    private final boolean probe;
    private final List<String> interfaces;
    private final List<String> captures;
    private final String name;
    private final String targetName;
    private final Target target;

    private SensorChoices(Choices choices) throws IOException {
        this.choices = choices;
        // A settings file that a live sensor has as well names its interfaces.
        probe = choices.flag("probe");
        interfaces = probe ? List.of() : choices.list("interface");
        captures = choices.list("read");
        if (probe && !captures.isEmpty()) {
            throw UserError.usage("--probe and -r exclude each other");
        }
        if (!probe && interfaces.isEmpty() == captures.isEmpty()) {
            throw UserError.usage(
                    interfaces.isEmpty()
                            ? "specify an input: -i IFACE for an interface, or -r CAPTURE for files"
                            : "-i and -r exclude each other: start two sensors");
        }
        // What is read from files is another sensor than the one that listens on this host, which may run beside it.
        String sensor = choices.text("name", captures.isEmpty() ? hostName() : hostName() + "/replay");
        name = probe ? SensorName.ofProbe(sensor) : sensor;
        if (name.getBytes(StandardCharsets.UTF_8).length > Ledger.NAME / 2) {
            throw choices.wrong("name", "must be at most " + Ledger.NAME / 2 + " bytes long");
        }
        String to = choices.text("to");
        if (to == null) {
            throw UserError.usage("--to is missing: kafka:HOST:PORT or file:DIR");
        }
        targetName = to;
        target = target(to);
        sensor(name, "");
        if (probe) {
            return;
        }
        for (String only : captures.isEmpty() ? List.of("pace", "original-time") : List.of("filter", "user", "spool")) {
            if (choices.has(only)) {
                throw choices.wrong(only, "is for " + (captures.isEmpty() ? "-r" : "-i") + " only");
            }
        }
    }

    static SensorChoices of(Choices choices) throws IOException {
        return new SensorChoices(choices);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "sensor";
        }
    }

    private Target target(String to) throws IOException {
        if (to.startsWith("file:") && to.length() > 5) {
            if (choices.has("key-file")) {
                throw choices.wrong("key-file", "is for kafka: only");
            }
            return new Target.Files(Path.of(to.substring(5)));
        }
        if (to.matches("kafka:[^\\s/]+:[0-9]{1,5}")) {
            try {
                return new Target.Kafka(
                        new KafkaClientSettings(
                                to.substring(6),
                                choices.text("topic", "tripline.packets"),
                                choices.text("schemas-topic", "tripline.schemas"),
                                kafkaProperties()),
                        key());
            } catch (IllegalArgumentException e) {
                throw UserError.usage(Reasons.of(e));
            }
        }
        throw choices.wrong("to", "must be kafka:HOST:PORT[,HOST:PORT...] or file:DIR");
    }

    private @Nullable BatchKey key() {
        Path file = choices.path("key-file");
        try {
            return file == null ? null : BatchKey.read(file);
        } catch (IOException e) {
            throw choices.wrong("key-file", Reasons.of(e));
        }
    }

    private Map<String, String> kafkaProperties() throws IOException {
        Map<String, String> all = new HashMap<>();
        Path file = choices.path("kafka-properties");
        if (file != null) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(file);
                    Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
                properties.load(reader);
            } catch (IllegalArgumentException e) {
                throw choices.wrong("kafka-properties", "is not a properties file: one KEY=VALUE per line");
            }
            properties.stringPropertyNames().forEach(key -> all.put(key, properties.getProperty(key)));
        }
        Given inFile = choices.find("kafka");
        if (inFile != null) {
            if (!inFile.values().isEmpty()) {
                throw inFile.wrong("must be a group of properties of Kafka's client");
            }
            all.putAll(inFile.entries());
        }
        return all;
    }

    /** How a sensor makes batches. */
    SensorSettings sensor(String sensorName, String segment) {
        long conversations = choices.number("conversations", 64, 1 << 26, CONVERSATIONS);
        if (Long.bitCount(conversations) != 1) {
            throw choices.wrong("conversations", "must be a power of two, such as 1048576");
        }
        return SensorSettings.of(sensorName, segment)
                .withConversations((int) conversations)
                .withEveryPacket(choices.flag("every-packet"));
    }

    /**
     * The segment of an interface.
     *
     * @param otherwise where none was named
     */
    String segment(String interfaceName, String otherwise) {
        Given given = choices.find("segment");
        if (given == null) {
            return otherwise;
        }
        String segment = given.entries().get(interfaceName);
        if (segment != null) {
            return segment;
        }
        String plain = otherwise;
        for (String value : given.values()) {
            int equals = value.indexOf('=');
            if (equals < 0) {
                plain = value;
            } else if (value.substring(0, equals).equals(interfaceName)) {
                return value.substring(equals + 1);
            }
        }
        return plain;
    }

    /** Where what cannot be published waits; null where nowhere. */
    Target.@Nullable SpoolSettings spool() {
        String given = choices.text("spool");
        long capacity = choices.bytes("spool-size", 1 << 20, 1L << 44, 1L << 30);
        if (SPOOL_OFF.equals(given) || (given == null && target instanceof Target.Files)) {
            return null;
        }
        Path folder = given == null ? defaultSpool() : choices.path("spool");
        return folder == null ? null : new Target.SpoolSettings(folder, capacity);
    }

    private Path defaultSpool() {
        String systemd = System.getenv("STATE_DIRECTORY");
        if (systemd != null && !systemd.isBlank()) {
            return Path.of(systemd);
        }
        String folder = "tripline/sensor-" + name.replaceAll("[^A-Za-z0-9._-]", "_");
        if (System.getProperty("user.name", "").equals("root")) {
            return Path.of("/var/lib", folder);
        }
        String state = System.getenv("XDG_STATE_HOME");
        return state == null || state.isBlank()
                ? Path.of(System.getProperty("user.home", "."), ".local/state", folder)
                : Path.of(state, folder);
    }

    /** Where metrics are served; null where nowhere. */
    @Nullable
    HostPort metrics() {
        if (probe) {
            return null;
        }
        String given = choices.text("metrics");
        if (given == null) {
            return interfaces.isEmpty() ? null : new HostPort("127.0.0.1", METRICS_PORT);
        }
        if (given.equals("off")) {
            return null;
        }
        HostPort place = HostPort.parse(given);
        if (place == null) {
            throw choices.wrong("metrics", "must be HOST:PORT such as 127.0.0.1:9464, or off");
        }
        return place;
    }

    List<String> interfaces() {
        return interfaces;
    }

    List<String> captures() {
        return captures;
    }

    /** Whether to publish a scan that nobody made. */
    boolean probe() {
        return probe;
    }

    String name() {
        return name;
    }

    String targetName() {
        return targetName;
    }

    Target target() {
        return target;
    }

    boolean paced() {
        return choices.flag("pace");
    }

    boolean originalTime() {
        return choices.flag("original-time");
    }

    Choices choices() {
        return choices;
    }
}
