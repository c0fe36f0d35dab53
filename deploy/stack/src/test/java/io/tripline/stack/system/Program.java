package io.tripline.stack.system;

import io.tripline.stack.Deadline;
import io.tripline.stack.JavaInstallation;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One of Tripline's programs as {@code ./tripline} starts it: a process of its own with its module's class path.
 *
 * @param module folder of the module
 * @param jar name of its jar
 * @param main its main class
 * @param options of the virtual machine, after those of {@code tripline.args}
 */
record Program(String module, String jar, String main, List<String> options) {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    static final Program SENSOR = new Program(
            "sensor/program", "tripline-sensor.jar", "io.tripline.sensor.program.SensorCommand", List.of("-Xmx512m"));
    static final Program JOB = new Program(
            "job/program",
            "tripline-job.jar",
            "io.tripline.job.program.JobCommand",
            List.of("-Xmx512m", "-XX:-UseParallelGC", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    static final Program ANALYZE = new Program(
            "analyze/cli", "tripline-analyze.jar", "io.tripline.analyze.Tripline", List.of("-XX:TieredStopAtLevel=1"));

    /** What a program that ended gave. */
    record Ended(int status, String out, String err) {
        /** The same, if it ended well. */
        Ended well() {
            if (status != 0) {
                throw new AssertionError("exit status " + status + "\n" + out + err);
            }
            return this;
        }
    }

    /** A program that was started, and the files that it writes to. */
    record Running(Process process, Path out, Path err) implements AutoCloseable {
        Ended await() throws IOException, InterruptedException {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("did not end within five minutes\n" + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /** SIGTERM, and the wait for what it gives. */
        Ended stop() throws IOException, InterruptedException {
            process.destroy();
            return await();
        }

        /** {@code kill -9}. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            process.waitFor();
        }

        /** Lets it do nothing at all until {@link #resume}. */
        void pause() throws IOException, InterruptedException {
            signal("STOP");
        }

        void resume() throws IOException, InterruptedException {
            signal("CONT");
        }

        private void signal(String name) throws IOException, InterruptedException {
            int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("no signal " + name + " for process " + process.pid());
            }
        }

        /** Waits until it said something on standard error. */
        void awaitSaying(String text) {
            Deadline.in(Duration.ofMinutes(1)).until("it says: " + text, () -> {
                if (!process.isAlive()) {
                    throw new AssertionError("ended: " + Files.readString(err));
                }
                return hasSaid(text);
            });
        }

        boolean hasSaid(String text) throws IOException {
            return (Files.readString(err) + Files.readString(out)).contains(text);
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** What a sensor tells Prometheus at that address. */
    static String metrics(String address) throws IOException, InterruptedException {
        HttpRequest metrics = HttpRequest.newBuilder(URI.create("http://" + address + "/metrics"))
                .build();
        return HttpClient.newHttpClient().send(metrics, BodyHandlers.ofString()).body();
    }

    Ended run(Object... arguments) throws IOException, InterruptedException {
        return start(arguments).await();
    }

    Running start(Object... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    Running start(Map<String, String> environment, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(JavaInstallation.from(17).orElseThrow().executable().toString()));
        Path target = ROOT.resolve(module).resolve("target");
        command.add("@" + target.resolve("tripline.args"));
        command.addAll(options);
        command.addAll(List.of("-cp", target.resolve(jar) + File.pathSeparator + target.resolve("lib") + "/*", main));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return start(environment, command);
    }

    /** Starts another program. */
    static Running start(Map<String, String> environment, List<String> command) throws IOException {
        Path out = Files.createTempFile("tripline-test", ".out");
        Path err = Files.createTempFile("tripline-test", ".err");
        out.toFile().deleteOnExit();
        err.toFile().deleteOnExit();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }
}
