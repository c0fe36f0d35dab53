package io.tripline.stack;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A network of its own with an attacker and a victim, each in a network namespace, on one switch. The switch is a
 * bridge in the namespace of this process, so that a sensor that listens there sees all frames between the two and
 * still reaches servers on the loopback address. Nothing leads out of it.
 *
 * <pre>
 * try (Lab lab = Lab.open()) { // skips the test where this is not allowed
 *     … sensor -i lab.segment() …
 *     lab.attacker().run("nmap", "-n", "-sS", lab.victim().address());
 * }
 * </pre>
 */
public final class Lab implements AutoCloseable {
    private static final String PREFIX = "tripline-lab-";
    private static final Pattern NAME = Pattern.compile("^" + PREFIX + "(\\d+)-\\S+", Pattern.MULTILINE);
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String bridge;
    private final LabHost attacker;
    private final LabHost victim;
    private final Thread hook = new Thread(this::remove);

    private Lab(int number) {
        long pid = ProcessHandle.current().pid();
        String subnet = "10.77." + number % 250 + ".";
        bridge = "tl" + pid + "-" + number;
        attacker = new LabHost(PREFIX + pid + "-" + number + "-attacker", bridge + "a", subnet + "66");
        victim = new LabHost(PREFIX + pid + "-" + number + "-victim", bridge + "v", subnet + "10");
    }

    /** The network, up. Skips the test, with the reason, where the user or the machine cannot have one. */
    public static Lab open() throws IOException {
        assumeTrue(
                LabHost.run(List.of("ip", "netns", "list")).status() == 0,
                "no network namespaces: there is no 'ip netns'");
        removeLeftovers();
        Lab lab = new Lab(COUNT.incrementAndGet());
        Runtime.getRuntime().addShutdownHook(lab.hook);
        LabHost.Result made =
                LabHost.run(List.of("ip", "link", "add", lab.bridge, "type", "bridge", "forward_delay", "0"));
        if (made.status() != 0) {
            lab.close();
            assumeTrue(false, "no network namespaces: " + made.output());
        }
        try {
            disableIpv6(lab.bridge);
            LabHost.require("ip", "link", "set", lab.bridge, "up");
            lab.attacker.join(lab.bridge);
            lab.victim.join(lab.bridge);
        } catch (IOException | RuntimeException problem) {
            lab.close();
            throw problem;
        }
        return lab;
    }

    /** The machine itself shall not speak on the segment. */
    private static void disableIpv6(String link) throws IOException {
        Path setting = Path.of("/proc/sys/net/ipv6/conf", link, "disable_ipv6");
        if (Files.exists(setting)) {
            Files.writeString(setting, "1");
        }
    }

    /** Interface on which a sensor sees every frame of the network once. */
    public String segment() {
        return bridge;
    }

    public LabHost attacker() {
        return attacker;
    }

    public LabHost victim() {
        return victim;
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void remove() {
        attacker.remove();
        victim.remove();
        LabHost.attempt("ip", "link", "delete", bridge);
    }

    /** What a run left that was killed. */
    private static void removeLeftovers() throws IOException {
        NAME.matcher(LabHost.run(List.of("ip", "netns", "list")).output())
                .results()
                .filter(found ->
                        ProcessHandle.of(Long.parseLong(found.group(1))).isEmpty())
                .forEach(found -> new LabHost(found.group().trim(), "none", "none").remove());
        Pattern.compile("\\btl(\\d+)-\\d+(?=:)")
                .matcher(LabHost.run(List.of("ip", "-o", "link")).output())
                .results()
                .filter(found ->
                        ProcessHandle.of(Long.parseLong(found.group(1))).isEmpty())
                .forEach(found -> LabHost.attempt("ip", "link", "delete", found.group()));
    }

    /** Waits for a process that a host started. */
    static boolean ends(Process process, long seconds) {
        try {
            return process.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
