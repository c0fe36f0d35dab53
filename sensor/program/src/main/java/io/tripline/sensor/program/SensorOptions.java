package io.tripline.sensor.program;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options and what help says about them. Values are read by {@link SensorChoices}, which knows where each came
 * from, so they are plain text here; the settings file has the same names as keys.
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
                    "Publish a synthetic scan as sensor NAME/probe, and exit: the job must detect it, and raises no alert for it.")
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

    @Option(names = "--filter", paramLabel = "BPF", description = "Capture filter, as in tcpdump.")
    private @Nullable String filter;

    @Option(names = "--snaplen", paramLabel = "BYTES", description = "Bytes captured of each packet (default: 2048).")
    private @Nullable String snaplen;

    @Option(
            names = "--buffer-size",
            paramLabel = "SIZE",
            description = "The kernel's buffer of each interface (default: 32MiB).")
    private @Nullable String bufferSize;

    @Option(names = "--no-promiscuous", description = "Without promiscuous mode: only packets addressed to this host.")
    private boolean noPromiscuous;

    @Option(names = "--capture-own-traffic", description = "Also capture this sensor's own connections to the brokers.")
    private boolean captureOwnTraffic;

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "Drop privileges to this user once the interfaces are open (needs root).")
    private @Nullable String user;

    @Option(names = "--pace", description = "With -r: at the speed of the capture.")
    private boolean pace;

    @Option(
            names = "--original-time",
            description = "With -r: keep the times of the capture; otherwise they are shifted to now.")
    private boolean originalTime;

    @Option(
            names = "--spool",
            paramLabel = "DIR|off",
            description = "With -i: folder for batches that cannot be published yet (default: $STATE_DIRECTORY, or"
                    + " tripline/sensor-NAME in /var/lib or ~/.local/state).")
    private @Nullable String spool;

    @Option(names = "--spool-size", paramLabel = "SIZE", description = "Capacity of the spool (default: 1GiB).")
    private @Nullable String spoolSize;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "Topic of batches (default: tripline.packets).")
    private @Nullable String topic;

    @Option(
            names = "--schemas-topic",
            paramLabel = "TOPIC",
            description = "Topic of their schemas (default: tripline.schemas).")
    private @Nullable String schemasTopic;

    @Option(
            names = "--kafka-properties",
            paramLabel = "FILE",
            description = "Properties of the Kafka client, such as TLS and SASL.")
    private @Nullable String kafkaProperties;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Key to sign batches with; a job that has it rejects all others in this sensor's name.")
    private @Nullable String keyFile;

    @Option(
            names = "--metrics",
            paramLabel = "HOST:PORT|off",
            description = "Address of /metrics, /health and /live (default: 127.0.0.1:9464 with -i, off with -r).")
    private @Nullable String metrics;

    @Option(
            names = "--conversations",
            paramLabel = "N",
            description = "Conversations in the flow table, a power of two; 64 bytes each (default: 1048576).")
    private @Nullable String conversations;

    @Option(
            names = "--every-packet",
            description = "Publish a record for every packet, also where it only adds volume.")
    private boolean everyPacket;

    @Option(names = "--list-interfaces", description = "List interfaces and their addresses, and exit.")
    boolean listInterfaces;

    @Option(names = "--debug", description = "Show stack traces of errors, and warnings of the Kafka client.")
    boolean debug;
}
