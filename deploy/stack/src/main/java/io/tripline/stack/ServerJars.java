package io.tripline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Class paths of servers: {@code deploy/stack/servers} says which versions, Maven brings them. */
public enum ServerJars {
    KAFKA("Kafka", 55),
    ELASTICSEARCH8("Elasticsearch 8", 41),
    ELASTICSEARCH9("Elasticsearch 9", 44),
    FLINK("Flink", 135);

    private final String title;
    private final int megabytes;

    ServerJars(String title, int megabytes) {
        this.title = title;
        this.megabytes = megabytes;
    }

    /** The jars; fetched first where they are not there in the versions asked for. */
    public List<Path> jars() {
        fetch(List.of(this));
        try {
            return Stream.of(Files.readString(list()).trim().split(":"))
                    .map(folder().resolve("target")::resolve)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Brings what is missing with one run of Maven. Two programs that do so at the same time wait for each other. */
    public static void fetch(Collection<ServerJars> wanted) {
        if (wanted.stream().allMatch(ServerJars::isThere)) {
            return;
        }
        Path target = servers().resolve("target");
        try {
            Files.createDirectories(target);
            try (FileChannel file = FileChannel.open(
                            target.resolve("fetch.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = file.lock()) {
                List<ServerJars> missing = wanted.stream()
                        .filter(jars -> !jars.isThere())
                        .distinct()
                        .toList();
                if (held.isValid() && !missing.isEmpty()) {
                    runMaven(missing, target.resolve("fetch.log"));
                    for (ServerJars jars : missing) {
                        // Maven leaves a list that is right as it is, however old.
                        Files.setLastModifiedTime(jars.list(), FileTime.from(Instant.now()));
                    }
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void runMaven(List<ServerJars> missing, Path log) throws IOException {
        System.err.printf(
                Locale.ROOT,
                "tripline: fetching %s (once, up to %d MB)…%n",
                missing.stream().map(jars -> jars.title).collect(Collectors.joining(", ")),
                missing.stream().mapToInt(jars -> jars.megabytes).sum());
        ProcessBuilder maven = new ProcessBuilder(
                        "sh",
                        Installation.root().resolve("mvnw").toString(),
                        "-q",
                        "-B",
                        "-f",
                        servers().resolve("pom.xml").toString(),
                        "-pl",
                        missing.stream().map(ServerJars::module).collect(Collectors.joining(",")),
                        "package")
                .directory(Installation.root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        Map<String, String> environment = maven.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.putIfAbsent("MAVEN_USER_HOME", System.getProperty("user.home") + "/.m2");
        Process run = maven.start();
        try {
            if (run.waitFor() != 0) {
                throw new StackError("Maven could not fetch the servers, see " + log);
            }
        } catch (InterruptedException stop) {
            run.destroy();
            Thread.currentThread().interrupt();
            throw new StackError("interrupted while fetching servers", stop);
        }
    }

    /** Whether all jars are there; not so when the versions were changed since. */
    private boolean isThere() {
        try {
            return Files.exists(list())
                    && isOlder(folder().resolve("pom.xml"))
                    && isOlder(servers().resolve("pom.xml"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private boolean isOlder(Path pom) throws IOException {
        return Files.getLastModifiedTime(pom).compareTo(Files.getLastModifiedTime(list())) <= 0;
    }

    /** Maven's list of the jars, written when all are copied. */
    private Path list() {
        return folder().resolve("target/class-path");
    }

    private Path folder() {
        return servers().resolve(module());
    }

    private String module() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static Path servers() {
        return Installation.root().resolve("deploy/stack/servers");
    }
}
