package io.tripline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A host of a {@link Lab}: a network namespace with one interface, {@code eth0}. */
public final class LabHost {
    private static final int PATIENCE_SECONDS = 300;

    private final String namespace;
    private final String link;
    private String address;
    private final List<Process> started = new ArrayList<>();

    LabHost(String namespace, String link, String address) {
        this.namespace = namespace;
        this.link = link;
        this.address = address;
    }

    /** What a command gave: standard output and standard error as one text. */
    public record Result(int status, String output) {}

    public String address() {
        return address;
    }

    void join(String bridge) throws IOException {
        require("ip", "netns", "add", namespace);
        require("ip", "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", namespace);
        require("ip", "link", "set", link, "master", bridge, "up");
        require("ip", "-n", namespace, "link", "set", "lo", "up");
        require("ip", "-n", namespace, "addr", "add", address + "/24", "dev", "eth0");
        require("ip", "-n", namespace, "link", "set", "eth0", "up");
    }

    /**
     * Gives the host another address in place of the one it has, so that what it does next is somebody else's doing.
     */
    public void become(String other) throws IOException {
        require("ip", "-n", namespace, "addr", "flush", "dev", "eth0", "scope", "global");
        require("ip", "-n", namespace, "addr", "add", other + "/24", "dev", "eth0");
        address = other;
    }

    /** Hardware address of its interface. */
    public String hardwareAddress() throws IOException {
        return run("cat", "/sys/class/net/eth0/address").output().trim();
    }

    /** Runs a command on this host and waits for its end. */
    public Result run(String... command) throws IOException {
        return run(inside(command));
    }

    /** Starts a command on this host that runs on; it ends with the lab. What it says goes to that file. */
    public Process start(Path output, String... command) throws IOException {
        Process process = new ProcessBuilder(inside(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        started.add(process);
        return process;
    }

    private List<String> inside(String... command) {
        return Stream.concat(Stream.of("ip", "netns", "exec", namespace), Stream.of(command))
                .toList();
    }

    /** Ends everything that runs on this host, also what has left its parent, and removes the host. */
    void remove() {
        started.forEach(Process::destroyForcibly);
        attempt("ip", "netns", "pids", namespace)
                .output()
                .lines()
                .filter(line -> line.matches("\\d+"))
                .forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
        attempt("ip", "netns", "delete", namespace);
        attempt("ip", "link", "delete", link);
    }

    static Result run(List<String> command) throws IOException {
        Path output = Files.createTempFile("lab", ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!Lab.ends(process, PATIENCE_SECONDS)) {
                process.destroyForcibly();
                throw new IOException("not at its end after " + PATIENCE_SECONDS + " s: " + command);
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.delete(output);
        }
    }

    static void require(String... command) throws IOException {
        Result result = run(List.of(command));
        if (result.status() != 0) {
            throw new IOException(String.join(" ", command) + ": " + result.output());
        }
    }

    /** For tidying up, where what is to go may be gone. */
    static Result attempt(String... command) {
        try {
            return run(List.of(command));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
