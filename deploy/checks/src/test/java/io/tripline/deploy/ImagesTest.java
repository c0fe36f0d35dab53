package io.tripline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The container images, where `deploy/images/build` has made them: unpacked, looked into, and run in a chroot as their
 * own user.
 */
class ImagesTest {
    @TempDir
    private Path dir;

    /** An image without a container engine. */
    private record Image(JsonNode config, Path root) {
        JsonNode container() {
            return config.path("config");
        }

        /** Runs what the image starts, as its user, without a network. */
        Project.Run run(String... arguments) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of(
                    "unshare",
                    "--mount",
                    "--net",
                    "--pid",
                    "--fork",
                    "sh",
                    "-c",
                    // What a container engine brings.
                    "root=$1; user=$2; shift 2; mount --rbind /dev \"$root/dev\" && mount -t proc proc \"$root/proc\" &&"
                            + " exec chroot --userspec=\"$user\" \"$root\" \"$@\"",
                    "sh",
                    root.toString(),
                    container().path("User").asText(),
                    "/opt/java/bin/java"));
            List<String> entry = new ArrayList<>();
            container().path("Entrypoint").forEach(word -> entry.add(word.asText()));
            assertThat(entry.get(0)).isEqualTo("java");
            command.addAll(entry.subList(1, entry.size()));
            command.addAll(List.of(arguments));
            return Project.run(root, command);
        }
    }

    private Image image(String name, String module) throws Exception {
        Path tar = Project.ROOT.resolve(module + "/target/tripline-" + name + "-image.tar");
        assumeTrue(
                Files.exists(tar),
                "no image of " + name + ": `deploy/images/build --no-registry` makes it; not tested here");
        Path parts = Files.createDirectories(dir.resolve(name + "-parts"));
        unpack(tar, parts);
        JsonNode manifest =
                Project.JSON.readTree(parts.resolve("manifest.json").toFile()).get(0);
        Path root = Files.createDirectories(dir.resolve(name));
        for (JsonNode layer : manifest.path("Layers")) {
            unpack(parts.resolve(layer.asText()), root);
        }
        return new Image(
                Project.JSON.readTree(
                        parts.resolve(manifest.path("Config").asText()).toFile()),
                root);
    }

    private static void unpack(Path tar, Path folder) throws Exception {
        Project.Run run = Project.run(folder, List.of("tar", "-xf", tar.toString()));
        assertThat(run.status()).as(run.said()).isZero();
    }

    private static void requireChroot() {
        assumeTrue(
                System.getProperty("user.name").equals("root")
                        && Project.program("unshare").isPresent(),
                "not root: images are looked into, but not run here");
    }

    private static void looksAfter(Image image, String name) throws Exception {
        assertThat(image.container().path("User").asText()).as("not root").matches("[1-9]\\d*:[1-9]\\d*");
        JsonNode labels = image.container().path("Labels");
        assertThat(labels.path("org.opencontainers.image.version").asText()).isEqualTo(Project.version());
        assertThat(labels.path("org.opencontainers.image.licenses").asText()).isEqualTo("Apache-2.0");
        assertThat(labels.path("org.opencontainers.image.title").asText()).contains(name);
    }

    private static Set<String> components(Path sbom) throws IOException {
        JsonNode bom = Project.JSON.readTree(sbom.toFile());
        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        Set<String> names = new TreeSet<>();
        bom.path("components")
                .forEach(component -> names.add(component.path("name").asText()));
        return names;
    }

    /** Nothing to become another user with, and nothing that runs scripts. */
    private static void isMinimal(Image image) throws IOException {
        try (Stream<Path> files = Files.walk(image.root())) {
            List<Path> odd = files.filter(file -> Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> isSetUser(file)
                            || file.getFileName().toString().matches("(ba|da)?sh|busybox|perl|apt-get|dpkg"))
                    .toList();
            assertThat(odd).isEmpty();
        }
        assertThat(image.root().resolve("var/lib/dpkg/status.d/libc6"))
                .content()
                .contains("Version: ");
    }

    private static boolean isSetUser(Path file) {
        try {
            return ((int) Files.getAttribute(file, "unix:mode") & 06000) != 0;
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    @Test
    void shouldAnalyzeInTheImageOfAnalyze() throws Exception {
        Image image = image("analyze", "analyze/cli");
        looksAfter(image, "analyze");
        isMinimal(image);
        assertThat(components(image.root().resolve("app/sbom.cdx.json")))
                .contains("flink-streaming-java", "tripline-sensor-core")
                .doesNotContain("tripline-sensor", "kafka-clients", "pcap4j-core");

        requireChroot();
        Path out = Files.createDirectory(image.root().resolve("out"));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.copy(
                Project.ROOT.resolve("samples/syn_21ports.pcap"), image.root().resolve("out/syn.pcap"));
        assertThat(image.run("--version").said()).contains(Project.version());
        Project.Run run = image.run("analyze", "--out", "/out/result", "/out/syn.pcap");
        assertThat(run.status()).as(run.said()).isZero();
        assertThat(out.resolve("result/alerts.ndjson")).content().contains("port-scan");
    }

    @Test
    void shouldReplayAndListInterfacesInTheImageOfTheSensor() throws Exception {
        Image image = image("sensor", "sensor/program");
        looksAfter(image, "sensor");
        isMinimal(image);
        assertThat(components(image.root().resolve("app/sbom.cdx.json"))).contains("kafka-clients", "pcap4j-core");

        requireChroot();
        Path out = Files.createDirectory(image.root().resolve("out"));
        Files.setPosixFilePermissions(out, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.copy(
                Project.ROOT.resolve("samples/syn_21ports.pcap"), image.root().resolve("out/syn.pcap"));
        Project.Run replay = image.run("-r", "/out/syn.pcap", "--to", "file:/out/batches");
        assertThat(replay.status()).as(replay.said()).isZero();
        try (Stream<Path> batches = Files.list(out.resolve("batches"))) {
            assertThat(batches).isNotEmpty();
        }
        // libpcap is there and can be loaded: the loopback of its own network is all there is to list.
        Project.Run list = image.run("--list-interfaces");
        assertThat(list.status()).as(list.said()).isZero();
    }

    @Test
    void shouldHoldTheJobWhereFlinkLooksForIt() throws Exception {
        Image image = image("job", "job/program");
        looksAfter(image, "job");
        Path jar = image.root().resolve("opt/flink/usrlib/tripline-job.jar");
        assertThat(Files.size(jar))
                .isEqualTo(Files.size(Project.ROOT.resolve("job/program/target/dist/tripline-job.jar")));
        assertThat(components(image.root().resolve("opt/flink/usrlib/sbom.cdx.json")))
                .contains("flink-connector-kafka");
        assertThat(image.root().resolve("app")).doesNotExist();
        assertThat(Files.getPosixFilePermissions(image.root().resolve("var/lib/flink")))
                .as("Flink's user may write there")
                .contains(PosixFilePermission.OTHERS_WRITE);
    }
}
