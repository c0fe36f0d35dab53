package io.tripline.sensor.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tripline.schemas.PacketBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program on a pair of interfaces in a network namespace of its own; nothing leaves it. Needs root, else skipped.
 */
class LiveCaptureTest {
    private static final String NETWORK = """
            ip link set lo up
            ip link add tap0 type veth peer name tap1
            ip addr add 10.55.0.1/24 dev tap0
            ip link set tap0 up
            ip link set tap1 up
            exec "$@"
            """;

    @TempDir
    private Path folder;

    private Path errors = Path.of("");
    private @Nullable Process sensor;

    @BeforeEach
    void needsRootAndNamespaces() throws Exception {
        errors = folder.resolve("err");
        assumeThat(run("unshare", "-n", "true"))
                .as("network namespaces can be made")
                .isZero();
        assumeThat(run("unshare", "-n", "ip", "link", "add", "tap0", "type", "veth", "peer", "name", "tap1"))
                .as("pairs of interfaces can be made")
                .isZero();
    }

    @AfterEach
    void end() throws InterruptedException {
        if (sensor != null) {
            sensor.destroyForcibly().waitFor();
        }
    }

    private int run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("run").toFile())
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private Process start(String... arguments) throws Exception {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-ec", NETWORK, "sh"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx400m",
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                classPath,
                SensorCommand.class.getName()));
        command.addAll(List.of(arguments));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(errors.toFile())
                .start();
        sensor = started;
        return started;
    }

    private String said() {
        try {
            return Files.readString(errors);
        } catch (IOException e) {
            return "";
        }
    }

    private void await(String what, BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s in time%n%s", what, said()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private int inside(Process process, String... command) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(process.pid()), "-n"));
        all.addAll(List.of(command));
        return run(all.toArray(String[]::new));
    }

    private void ping(Process process) throws InterruptedException {
        // Nobody answers: each request asks by ARP who has the address.
        inside(process, "ping", "-c", "3", "-i", "0.2", "-W", "1", "10.55.0.2");
    }

    private static int terminate(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    @Test
    void shouldCaptureTellTheTimeAndEndInOrderOnASignal() throws Exception {
        Path out = folder.resolve("out");
        Process process = start(
                "-i", "tap0,tap1", "--to", "file:" + out, "--name", "t", "--segment", "tap1=lab", "--metrics=off");
        await("start", () -> said().contains("capturing on tap0, tap1"));
        ping(process);
        assertThat(terminate(process)).as(said()).isZero();

        List<PacketBatch> batches = SensorCommandTest.read(out);
        assertThat(batches).extracting(PacketBatch::getSensor).contains("t/tap0", "t/tap1");
        assertThat(batches.stream().filter(b -> b.getSensor().equals("t/tap1")))
                .extracting(PacketBatch::getSegment)
                .containsOnly("lab");
        for (String name : List.of("t/tap0", "t/tap1")) {
            List<PacketBatch> own =
                    batches.stream().filter(b -> b.getSensor().equals(name)).toList();
            assertThat(own.stream().flatMap(b -> b.getRecords().stream()))
                    .as("ARP on %s", name)
                    .anyMatch(record -> record.getProtocol() == 256);
            assertThat(own).extracting(PacketBatch::getNewest).isSorted();
            assertThat(own.stream().filter(b -> b.getPackets() == 0).count()).isGreaterThanOrEqualTo(2);
            assertThat(own.get(own.size() - 1).getEnding()).isTrue();
            assertThat(own).extracting(PacketBatch::getSentAt).allMatch(at -> at > 0);
            for (int i = 0; i < own.size(); i++) {
                assertThat(own.get(i).getSequence()).isEqualTo(i);
            }
        }
    }

    @Test
    void shouldGiveUpRootInEveryThread() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.setAttribute(out, "unix:uid", 65_534);
        Process process = start("-i", "tap0", "--to", "file:" + out, "--user", "nobody", "--metrics=off");
        await("start", () -> said().contains("capturing on"));
        ping(process);
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + process.pid() + "/task"))) {
            for (Path thread : threads.toList()) {
                assertThat(Files.readString(thread.resolve("status")))
                        .containsPattern("Uid:\\s+65534\\s+65534\\s+65534");
            }
        }
        assertThat(terminate(process)).as(said()).isZero();
        assertThat(SensorCommandTest.read(out)).anyMatch(batch -> batch.getPackets() > 0);
    }

    @Test
    void shouldReportAnInterfaceThatDisappearsAndGoOnWhenItIsBack() throws Exception {
        Path out = folder.resolve("out");
        Process process = start("-i", "tap0", "--to", "file:" + out, "--metrics=off");
        await("start", () -> said().contains("capturing on"));
        inside(process, "ip", "link", "del", "tap0");
        await("report", () -> said().contains("trying again"));
        inside(process, "ip", "link", "add", "tap0", "type", "veth", "peer", "name", "tap1");
        inside(process, "ip", "addr", "add", "10.55.0.1/24", "dev", "tap0");
        inside(process, "ip", "link", "set", "tap1", "up");
        inside(process, "ip", "link", "set", "tap0", "up");
        await("return", () -> said().contains("capturing again"));
        ping(process);
        assertThat(terminate(process)).as(said()).isZero();
        assertThat(SensorCommandTest.read(out).stream().flatMap(b -> b.getRecords().stream()))
                .anyMatch(record -> record.getProtocol() == 256);
    }

    @Test
    void shouldSayWhatIsWrongWithAnInterfaceOrAFilter() throws Exception {
        Process none = start("-i", "nowhere0", "--to", "file:" + folder.resolve("a"), "--metrics=off");
        assertThat(none.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said()).contains("nowhere0: no such interface");
        assertThat(none.exitValue()).isEqualTo(64);
        Process filter =
                start("-i", "tap0", "--filter", "tcp prt 80", "--to", "file:" + folder.resolve("b"), "--metrics=off");
        assertThat(filter.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said()).contains("--filter: ").contains("tcp prt 80");
        assertThat(filter.exitValue()).isEqualTo(64);
    }
}
