package io.tripline.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A server's process, which outlives the program that started it. Its number stands in {@code DIR/pids/NAME}, so that
 * another program finds it again; what it logs, in {@code DIR/logs/NAME.log}, and what it says beside that, in
 * {@code NAME.out}.
 */
public final class ServerProcess {
    private static final Path PROC = Path.of("/proc");
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final String name;
    private final Path pid;
    private final Path log;
    private final Path output;
    private final String mark;

    ServerProcess(String name, Path dir) {
        this(name, dir, ".out");
    }

    private ServerProcess(String name, Path dir, String outputEnding) {
        this.name = name;
        this.output = dir.resolve("logs").resolve(name + outputEnding);
        this.pid = dir.resolve("pids").resolve(name);
        this.log = dir.resolve("logs").resolve(name + ".log");
        this.mark = "-Dtripline.server=" + dir.toAbsolutePath().normalize().resolve(name);
    }

    /** One whose log is what it says to standard output. */
    static ServerProcess logging(String name, Path dir) {
        return new ServerProcess(name, dir, ".log");
    }

    /** Starts Java with these options, main class and arguments. */
    void start(JavaInstallation java, List<Path> classPath, List<String> options, List<String> main) {
        if (isRunning()) {
            return;
        }
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString()); // Ctrl-C in this terminal is not meant for servers
        }
        command.addAll(List.of(java.executable().toString(), mark, "-Dlog.file=" + log));
        command.addAll(java.quiet());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        classPath.stream().map(Path::toString).toList())));
        command.addAll(main);
        try {
            Files.createDirectories(pid.getParent());
            Files.createDirectories(log.getParent());
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            Process process = new ProcessBuilder(command)
                    .redirectInput(new File("/dev/null"))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            Files.writeString(pid, process.pid() + "\n");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** The process, while it lives. */
    public Optional<ProcessHandle> handle() {
        try {
            return Files.exists(pid)
                    ? ProcessHandle.of(Long.parseLong(Files.readString(pid).trim()))
                            .filter(this::isOurs)
                    : Optional.empty();
        } catch (IOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    /** Numbers of processes are used again, after a reboot for certain: the command line tells whose it is. */
    private boolean isOurs(ProcessHandle process) {
        if (!Files.isDirectory(PROC)) {
            return process.isAlive();
        }
        try {
            String command = Files.readString(PROC.resolve(process.pid() + "/cmdline"));
            // Empty while a program takes another's place, and while one ends: it may still hold its ports.
            return process.isAlive()
                    && (command.isEmpty()
                            ? !isOver(process)
                            : Stream.of(command.split("\0")).anyMatch(mark::equals));
        } catch (IOException gone) {
            return false;
        }
    }

    /** Whether nothing is left of a process but that nobody has asked for its exit status. */
    private static boolean isOver(ProcessHandle process) throws IOException {
        Path files = PROC.resolve(Long.toString(process.pid()));
        String state = Files.readString(files.resolve("stat")).replaceFirst("^.*\\) ", "");
        try (Stream<Path> threads = Files.list(files.resolve("task"))) {
            return state.startsWith("Z") && threads.count() <= 1;
        }
    }

    public boolean isRunning() {
        return handle().isPresent();
    }

    public Path log() {
        return log;
    }

    /** Why it ended, as far as it said. */
    String complaint() {
        return ServerLog.complaint(output, log);
    }

    /** Asks the process to end (SIGTERM), and ends it by force when it has not done so in time. */
    void stop(Duration patience) {
        handle().ifPresent(process -> {
            process.destroy();
            Deadline deadline = Deadline.in(patience);
            try {
                deadline.until(name + " has ended", () -> !isRunning());
            } catch (StackError stubborn) {
                kill();
            }
        });
        forget();
    }

    /** {@code kill -9}: the process has no time to put anything in order. */
    void kill() {
        handle().ifPresent(ProcessHandle::destroyForcibly);
        Deadline.in(Duration.ofSeconds(30)).until(name + " is gone", () -> !isRunning());
        forget();
    }

    /** Removes the note of a process that has ended. */
    void forget() {
        try {
            Files.deleteIfExists(pid);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /** Waits until the server answers; ends early, and with what it said last, when the process has ended. */
    void awaitReady(Duration patience, Callable<Boolean> answers) {
        Deadline.in(patience).until(name + " answers (its log: " + log + ")", () -> {
            if (!isRunning()) {
                throw new StackError(name + " ended while starting: " + complaint() + " (see " + log + ")");
            }
            return answers.call();
        });
    }
}
