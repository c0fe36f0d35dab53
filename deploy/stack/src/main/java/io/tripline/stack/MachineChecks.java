package io.tripline.stack;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this machine has. */
final class MachineChecks {
    private static final int CAP_NET_RAW = 13;
    private static final Pattern EFFECTIVE = Pattern.compile("^CapEff:\\s*(\\p{XDigit}+)", Pattern.MULTILINE);
    private static final Pattern AVAILABLE = Pattern.compile("^MemAvailable:\\s*(\\d+) kB", Pattern.MULTILINE);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final List<Path> LIBRARIES = Stream.of("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib")
            .map(Path::of)
            .toList();
    private static final long GIB = 1L << 30;
    /** What a stack takes for itself; packets and alerts come to that. */
    private static final double DISK_GIB = 2;

    private static final double MEMORY_GIB = 3.5;

    private MachineChecks() {}

    static List<Diagnosis> all(Path work) {
        return List.of(java(), compiler(), libpcap(), permission(), disk(work), memory());
    }

    static Diagnosis java() {
        String found = Runtime.version() + ", " + System.getProperty("java.home");
        return ElasticServer.canRun(9)
                ? Diagnosis.well("Java", found)
                : Diagnosis.well("Java", found + " (Elasticsearch 9 would need 21 or later; 8 runs)");
    }

    private static Diagnosis compiler() {
        return JavaInstallation.all().stream()
                .filter(java -> Files.isExecutable(java.home().resolve("bin/javac")))
                .findFirst()
                .map(java -> Diagnosis.well("Java compiler", java.home() + "/bin/javac"))
                .orElse(Diagnosis.missing(
                        "Java compiler",
                        "none: Tripline cannot be built here",
                        "apt-get install openjdk-17-jdk-headless"));
    }

    private static Diagnosis libpcap() {
        return library("libpcap.so")
                .map(file -> Diagnosis.well("libpcap", file.toString()))
                .orElse(Diagnosis.missing(
                        "libpcap",
                        "not found: no live capture (capture files need none)",
                        "apt-get install libpcap0.8"));
    }

    static Optional<Path> library(String name) {
        for (Path folder : LIBRARIES) {
            try (Stream<Path> files = Files.isDirectory(folder)
                    ? Files.find(folder, 2, (file, kind) -> isCalled(file, name))
                    : Stream.of()) {
                Optional<Path> found = files.sorted().findFirst();
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException unreadable) {
                // Another folder may have it.
            }
        }
        return Optional.empty();
    }

    private static boolean isCalled(Path file, String name) {
        String own = file.getFileName() == null ? "" : file.getFileName().toString();
        return own.equals(name) || own.startsWith(name + ".");
    }

    private static Diagnosis permission() {
        boolean may = number(STATUS, EFFECTIVE, 16)
                .map(capabilities -> capabilities.testBit(CAP_NET_RAW))
                .orElse(System.getProperty("user.name").equals("root"));
        return may
                ? Diagnosis.well("live capture", "allowed")
                : Diagnosis.missing(
                        "live capture",
                        "this user may not (capture files need no permission)",
                        "sudo, or CAP_NET_RAW for the sensor's service (systemd: AmbientCapabilities=CAP_NET_RAW)");
    }

    private static Diagnosis disk(Path work) {
        try {
            double free = (double) Files.getFileStore(work).getUsableSpace() / GIB;
            String found = "%.1f GiB free in %s".formatted(free, work);
            return free >= DISK_GIB
                    ? Diagnosis.well("disk", found)
                    : Diagnosis.missing(
                            "disk", found, "a stack needs %.0f GiB: make room, or --dir".formatted(DISK_GIB));
        } catch (IOException unreadable) {
            return Diagnosis.missing("disk", "unknown: " + unreadable.getMessage(), "look with: df -h");
        }
    }

    private static Diagnosis memory() {
        double available = number(MEMORY, AVAILABLE, 10)
                .map(kilobytes -> kilobytes.doubleValue() * 1024 / GIB)
                .orElse(Double.NaN);
        String found = "%.1f GiB available".formatted(available);
        return available < MEMORY_GIB
                ? Diagnosis.missing(
                        "memory",
                        found,
                        "a stack needs %.1f GiB; --elasticsearch none and --task-managers 1 save 1.5"
                                .formatted(MEMORY_GIB))
                : Diagnosis.well("memory", found);
    }

    private static Optional<BigInteger> number(Path file, Pattern pattern, int radix) {
        try {
            Matcher found = pattern.matcher(Files.readString(file));
            return found.find() ? Optional.of(new BigInteger(found.group(1), radix)) : Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }
}
