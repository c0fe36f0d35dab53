package io.tripline.sensor.program;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options and what help says about them. Values are read by {@link SensorChoices}, which knows where each came from, so
 * they are plain text here; the settings file has the same names as keys.
 */
@SuppressWarnings({"UnusedVariable", "unused"}) // picocli fills them; their text is read from the parse result
final class SensorOptions {
    @Option(
            names = {"-i", "--interface"},
            paramLabel = "IFACE",
            split = ",",
            description = "Interfaces to capture on, each a sensor of its own.")
    private @Nullable List<String> interfaces;

    @Option(
            names = {"-r", "--read"},
            paramLabel = "CAPTURE",
            arity = "1..*",
            description = "Capture files, folders of them, or - for standard input, read as one segment in time order.")
    private @Nullable List<String> captures;

    @Option(
            names = "--probe",
            description =
                    "Publish a scan that nobody made, as sensor NAME/probe, and end: the job must find it, and raises no alert for it.")
    private boolean probe;

    @Option(
            names = "--to",
            paramLabel = "TARGET",
            description = "kafka:HOST:PORT[,HOST:PORT...] or file:DIR (Avro container files).")
    private @Nullable String to;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings in YAML: these options as keys.")
    @Nullable
    Path config;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the sensor (default: the host's name; with -r followed by /replay).")
    private @Nullable String name;

    @Option(
            names = "--segment",
            paramLabel = "[IFACE=]SEGMENT",
            split = ",",
            description =
                    "Name of the network segment; sensors on the same segment share it (default: the sensor's name).")
    private @Nullable List<String> segment;

    @Option(names = "--filter", paramLabel = "BPF", description = "Capture only what matches, as in tcpdump.")
    private @Nullable String filter;

    @Option(
            names = "--snaplen",
            paramLabel = "BYTES",
            description = "Bytes of each packet that are looked at (default: 2048).")
    private @Nullable String snaplen;

    @Option(
            names = "--buffer-size",
            paramLabel = "SIZE",
            description = "The kernel's buffer of each interface (default: 32MiB).")
    private @Nullable String bufferSize;

    @Option(names = "--no-promiscuous", description = "Only what is addressed to this host.")
    private boolean noPromiscuous;

    @Option(names = "--capture-own-traffic", description = "Also capture this sensor's own connections to the brokers.")
    private boolean captureOwnTraffic;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Become this user when the interfaces are open (needs root).")
    private @Nullable String user;

    @Option(names = "--pace", description = "With -r: as fast as it was captured.")
    private boolean pace;

    @Option(
            names = "--original-time",
            description = "With -r: in the time of the capture; otherwise as if it happened now.")
    private boolean originalTime;

    @Option(
            names = "--spool",
            paramLabel = "DIR|off",
            description = "With -i: folder for what cannot be published yet (default: $STATE_DIRECTORY, or"
                    + " tripline/sensor-NAME in /var/lib or ~/.local/state).")
    private @Nullable String spool;

    @Option(names = "--spool-size", paramLabel = "SIZE", description = "How large it may grow (default: 1GiB).")
    private @Nullable String spoolSize;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "For batches (default: tripline.packets).")
    private @Nullable String topic;

    @Option(
            names = "--schemas-topic",
            paramLabel = "TOPIC",
            description = "For the schema of batches (default: tripline.schemas).")
    private @Nullable String schemasTopic;

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description = "Properties of Kafka's client: TLS, SASL, anything.")
    private @Nullable String kafkaProperties;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Key that this sensor shares with the job, which then takes nothing else in its name.")
    private @Nullable String keyFile;

    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT|off",
            description =
                    "Where /metrics, /health and /live are served (default: 127.0.0.1:9464 with -i, off with -r).")
    private @Nullable String metrics;

    @Option(
            names = "--conversations",
            paramLabel = "N",
            description = "Conversations that are remembered, a power of two; 64 bytes each (default: 1048576).")
    private @Nullable String conversations;

    @Option(names = "--every-packet", description = "A record for every packet, also where it only adds volume.")
    private boolean everyPacket;

    @Option(names = "--list-interfaces", description = "List interfaces and their addresses, and end.")
    boolean listInterfaces;

    @Option(names = "--debug", description = "Show stack traces of errors, and what Kafka's client warns of.")
    boolean debug;
}
