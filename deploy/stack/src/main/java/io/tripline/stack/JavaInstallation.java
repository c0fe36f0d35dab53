package io.tripline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java on this machine.
 *
 * @param home folder with {@code bin/java}
 * @param version feature number, such as 17
 */
public record JavaInstallation(Path home, int version) {
    private static final Pattern RELEASE = Pattern.compile("^JAVA_VERSION=\"(\\d+)", Pattern.MULTILINE);

    /** All of version 17 or later, oldest first: servers are tried most with the oldest that they take. */
    public static List<JavaInstallation> all() {
        List<JavaInstallation> found = new ArrayList<>();
        Path own = Path.of(System.getProperty("java.home"));
        found.add(new JavaInstallation(own, Runtime.version().feature()));
        String folder = System.getenv().getOrDefault("TRIPLINE_JVM_DIR", "/usr/lib/jvm");
        if (Files.isDirectory(Path.of(folder))) {
            try (Stream<Path> homes = Files.list(Path.of(folder))) {
                homes.sorted().forEach(home -> at(home).ifPresent(found::add));
            } catch (IOException unreadable) {
                // The Java that runs this program is there in any case.
            }
        }
        return found.stream()
                .filter(java -> java.version >= 17)
                .sorted(Comparator.comparingInt(JavaInstallation::version))
                .toList();
    }

    /** The oldest that is new enough. */
    public static Optional<JavaInstallation> from(int least) {
        return all().stream().filter(java -> java.version >= least).findFirst();
    }

    private static Optional<JavaInstallation> at(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        try {
            Matcher version = RELEASE.matcher(Files.readString(release));
            return version.find()
                    ? Optional.of(new JavaInstallation(home, Integer.parseInt(version.group(1))))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /** The program {@code java}. */
    public Path executable() {
        return home.resolve("bin/java");
    }

    /** Keeps newer versions from warning of what the servers' libraries use. */
    List<String> quiet() {
        return version < 24
                ? List.of()
                : List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED");
    }
}
