package io.tripline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One Elasticsearch node, version 8 or 9: documents, mappings, templates, searches and aggregations as in a cluster,
 * without what a distribution adds (security, life-cycle policies, Kibana).
 */
public final class ElasticServer implements Server {
    private static final String NETTY = "transport-netty4";
    private static final List<Path> ZSTD = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/libzstd.so.1"), Path.of("/usr/lib/aarch64-linux-gnu/libzstd.so.1"));

    private final int version;
    private final Path folder;
    private final int port;
    private final int transportPort;
    private final JavaInstallation java;
    private final ServerProcess process;

    /**
     * @param dir where its data, log and number lie, with those of other servers
     * @param version 8, or 9, which needs Java 21
     */
    public ElasticServer(Path dir, int version, int port, int transportPort) {
        this.version = version;
        this.folder = dir.toAbsolutePath().normalize().resolve("elasticsearch" + version);
        this.port = port;
        this.transportPort = transportPort;
        this.java = java(version)
                .orElseThrow(() -> new StackError("Elasticsearch 9 needs Java 21 or later in /usr/lib/jvm; use"
                        + " --elasticsearch 8, or install one"));
        this.process = ServerProcess.logging(name(), dir);
    }

    /** Whether there is a Java for that version. */
    public static boolean canRun(int version) {
        return java(version).isPresent();
    }

    private static Optional<JavaInstallation> java(int version) {
        return JavaInstallation.from(version >= 9 ? 21 : 17);
    }

    @Override
    public String name() {
        return "elasticsearch";
    }

    public int version() {
        return version;
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        List<Path> jars = jars().jars();
        TextFile.write(folder.resolve("config/elasticsearch.yml"), settings());
        TextFile.write(folder.resolve("config/log4j2.properties"), TextFile.LOG4J_OUTPUT);
        layOut(jars);
        List<Path> classPath = new ArrayList<>(List.of(Installation.code()));
        jars.stream().filter(jar -> !isOfModule(jar)).forEach(classPath::add);
        process.start(java, classPath, options(), List.of("io.tripline.stack.ElasticsearchNode", folder.toString()));
    }

    ServerJars jars() {
        return version >= 9 ? ServerJars.ELASTICSEARCH9 : ServerJars.ELASTICSEARCH8;
    }

    private String settings() {
        return """
                cluster.name: tripline
                node.name: tripline
                path.data: "%1$s/data"
                path.logs: "%1$s/logs"
                network.host: 127.0.0.1
                http.port: %2$d
                transport.port: %3$d
                discovery.type: single-node
                action.auto_create_index: true
                # A disk that is nearly full makes indices read-only otherwise; on a trial's machine that only puzzles.
                cluster.routing.allocation.disk.threshold_enabled: false
                """.formatted(folder, port, transportPort);
    }

    private List<String> options() {
        List<String> options = new ArrayList<>(List.of(
                "-Xms256m",
                "-Xmx512m",
                "-XX:+UseG1GC",
                "-XX:+ExitOnOutOfMemoryError",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.nio.file=ALL-UNNAMED",
                "-Dio.netty.noUnsafe=true",
                "-Dio.netty.noKeySetOptimization=true",
                "-Dio.netty.recycler.maxCapacityPerThread=0",
                "-Dlog4j.shutdownHookEnabled=false",
                "-Dlog4j2.disable.jmx=true",
                "-Djava.locale.providers=CLDR",
                "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",
                "-Des.distribution.type=zip"));
        if (java.version() >= 21) {
            options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--add-modules=jdk.incubator.vector"));
        }
        return options;
    }

    /** A node loads its network module from a folder of its own, with a description. */
    private void layOut(List<Path> jars) {
        Path module = Folders.emptied(folder.resolve("modules").resolve(NETTY));
        try {
            Files.createDirectories(folder.resolve("plugins"));
            Files.createDirectories(folder.resolve("logs"));
            for (Path jar : jars.stream().filter(ElasticServer::isOfModule).toList()) {
                Files.copy(jar, module.resolve(jar.getFileName()));
            }
            TextFile.write(module.resolve("plugin-descriptor.properties"), description(jars));
            copyZstd();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static boolean isOfModule(Path jar) {
        String file = jar.getFileName().toString();
        return file.startsWith("netty-") || file.startsWith(NETTY);
    }

    private static String description(List<Path> jars) {
        String version = jars.stream()
                .map(jar -> jar.getFileName().toString())
                .filter(file -> file.startsWith(NETTY))
                .map(file -> file.substring(NETTY.length() + 1, file.length() - ".jar".length()))
                .findFirst()
                .orElseThrow();
        return """
                name=%1$s
                description=Netty 4 based transport
                version=%2$s
                elasticsearch.version=%2$s
                java.version=17
                classname=org.elasticsearch.transport.netty4.Netty4Plugin
                modulename=
                extended.plugins=
                has.native.controller=false
                """.formatted(NETTY, version);
    }

    /** Indices with {@code best_compression} need it where a distribution keeps it. */
    private void copyZstd() throws IOException {
        String machine = System.getProperty("os.arch").equals("aarch64") ? "linux-aarch64" : "linux-x64";
        Path copy = folder.resolve("lib/platform").resolve(machine).resolve("libzstd.so");
        for (Path library : ZSTD) {
            if (Files.exists(library) && !Files.exists(copy)) {
                Files.createDirectories(copy.getParent());
                Files.copy(library, copy);
            }
        }
    }

    @Override
    public boolean isReady() {
        if (!isRunning() || !Ports.isOpen(port)) {
            return false;
        }
        try {
            return !Http.get(address() + "/_cluster/health?wait_for_status=yellow&timeout=5s")
                    .path("timed_out")
                    .asBoolean(true);
        } catch (IOException notYet) {
            return false;
        }
    }
}
