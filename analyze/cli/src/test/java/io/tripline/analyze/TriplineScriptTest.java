package io.tripline.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The start script in a small project of its own, whose folder has a blank in its name. Java is a shell script that
 * tells how it was called, and Maven one that leaves a jar and a line in {@code built}.
 */
class TriplineScriptTest {
    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> TOOLS = List.of(
            "sh",
            "sed",
            "dirname",
            "readlink",
            "find",
            "mkdir",
            "mv",
            "rm",
            "cat",
            "touch",
            "mktemp",
            "flock",
            "stat",
            "chmod");

    private static final String JAVA = """
            #!/bin/sh
            if [ "$1" = -version ]; then
                echo 'openjdk version "%s" 2026-01-20' >&2
                exit
            fi
            for argument; do
                case $argument in
                -XX:ArchiveClassesAtExit=*) echo archive >"${argument#*=}"; exit ;;
                esac
            done
            for argument; do
                printf '<%%s>\\n' "$argument"
            done
            cat
            exit 65
            """;
    private static final String MAVEN = """
            #!/bin/sh
            echo "$JAVA_HOME" >>built
            echo "$*" >arguments
            [ ! -f slow ] || echo '[INFO] Building Tripline sensor 0.1.0-SNAPSHOT                       [2/5]'
            if [ -f broken ]; then
                echo 'what the compiler said'
                exit 1
            fi
            mkdir -p analyze/cli/target/lib sensor/program/target
            touch analyze/cli/target/tripline-analyze.jar analyze/cli/target/lib/b.jar analyze/cli/target/lib/C.jar
            """;

    @TempDir
    private Path folder;

    private Path project;
    private Path bin;

    /** What a start gave: standard output and standard error as one text each, and the exit status. */
    private record Start(int status, String out, String err) {}

    private record Running(Process process, Path out, Path err) {
        Start end() throws IOException, InterruptedException {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new Start(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    @BeforeEach
    void layOutProject() throws IOException {
        project = Files.createDirectories(folder.resolve("my project"));
        bin = Files.createDirectories(folder.resolve("bin"));
        for (String tool : TOOLS) {
            script(bin.resolve(tool), "#!/bin/sh\nexec " + onPath(tool) + " \"$@\"\n");
        }
        Files.copy(REPOSITORY.resolve("tripline"), project.resolve("tripline"));
        makeExecutable(project.resolve("tripline"));
        Files.copy(
                REPOSITORY.resolve("deploy/launch/build"),
                Files.createDirectories(project.resolve("deploy/launch")).resolve("build"));
        Files.createFile(project.resolve("pom.xml"));
        Files.createDirectories(project.resolve("analyze/cli/src/main"));
        Files.createDirectories(project.resolve("samples"));
        Files.createFile(project.resolve("samples/one.pcap"));
        script(project.resolve("mvnw"), MAVEN);
    }

    @Test
    void shouldPassArgumentsAndInputUnchangedAndReturnTheStatus() throws Exception {
        installJava(bin, "17.0.1", true);

        Start start = start("analyze", "--out", "a b", "*", "it's \"quoted\"", "", "$HOME");

        assertThat(start.out()).endsWith("""
                <io.tripline.analyze.Tripline>
                <analyze>
                <--out>
                <a b>
                <*>
                <it's "quoted">
                <>
                <$HOME>
                standard input""");
        assertThat(start.status()).isEqualTo(65);
    }

    @Test
    void shouldTellJavaWhatTheBuildWroteAndThenWhatTheUserWants() throws Exception {
        installJava(bin, "17.0.1", true);

        Start start = start(Map.of("TRIPLINE_JAVA_OPTS", "-Done=1 -Dtwo=2"));

        Path target = project.resolve("analyze/cli/target");
        assertThat(start.out())
                .startsWith("<@" + target + "/tripline.args>\n")
                .contains("<-Done=1>\n<-Dtwo=2>\n<-cp>\n<" + target + "/tripline-analyze.jar:" + target + "/lib/C.jar:"
                        + target + "/lib/b.jar>\n");
    }

    @Test
    void shouldBeWrittenForByTheBuild() throws Exception {
        assertThat(Path.of("target/tripline.args"))
                .content()
                .contains("-Xmx", "--add-opens=java.base/java.util=ALL-UNNAMED ", "-Xlog:disable\n")
                .doesNotContain("${");
    }

    @Test
    void shouldKeepANewerJavaFromWarning() throws Exception {
        installJava(bin, "24.0.1", true);
        assertThat(start().out()).contains("<--sun-misc-unsafe-memory-access=allow>");

        installJava(bin, "17.0.1", true);
        assertThat(start().out()).doesNotContain("unsafe");
    }

    @Test
    void shouldUseTheQuickCompilerAloneWhereLittleIsToBeRead() throws Exception {
        installJava(bin, "17.0.1", true);
        Path large = folder.resolve("large");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(600_000_000);
        }
        Path small = Files.writeString(folder.resolve("small"), "few");
        Path results = Files.createDirectory(folder.resolve("results"));

        String quick = "<-XX:TieredStopAtLevel=1>";
        assertThat(start("analyze", "--out", results.toString(), small.toString())
                        .out())
                .contains(quick);
        assertThat(start("--help").out()).contains(quick);
        assertThat(start("analyze", small.toString(), large.toString()).out()).doesNotContain(quick);
        assertThat(start("analyze", "-").out()).doesNotContain(quick);
        assertThat(start("analyze", results.toString()).out()).doesNotContain(quick);
    }

    @Test
    void shouldTellOfATerminalOnlyWhereThereIsOne() throws Exception {
        installJava(bin, "17.0.1", true);

        assertThat(start().out()).doesNotContain("tripline.terminal", "tripline.colour");
    }

    @Test
    void shouldBuildOnceAndSayItInOneLine() throws Exception {
        installJava(bin, "17.0.1", true);

        assertThat(start().err()).isEqualTo("tripline: building all programs (once, some minutes)…\n");
        assertThat(start().err()).isEmpty();
        assertThat(project.resolve("built")).content().hasLineCount(1);
    }

    @Test
    void shouldBuildAgainWhenASourceIsNewer() throws Exception {
        installJava(bin, "17.0.1", true);
        start();

        Path source = Files.createFile(project.resolve("analyze/cli/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(10)));

        assertThat(start().err()).isEqualTo("tripline: building all programs (once, some minutes)…\n");
    }

    @Test
    void shouldBuildOnceWhenStartedTwiceAtTheSameTime() throws Exception {
        installJava(bin, "17.0.1", true);

        Running first = begin(project.resolve("tripline"), Map.of());
        Running second = begin(project.resolve("tripline"), Map.of());

        assertThat(List.of(first.end().status(), second.end().status())).containsExactly(65, 65);
        assertThat(project.resolve("built")).content().hasLineCount(1);
    }

    @Test
    void shouldBuildAllProgramsAtOnceAndTellHowFarItIs() throws Exception {
        installJava(bin, "17.0.1", true);

        Files.createFile(project.resolve("slow"));

        Start first = start("analyze");

        assertThat(first.err()).contains("tripline: building Tripline sensor (2 of 5)\n");
        assertThat(project.resolve("arguments"))
                .content()
                .contains("-pl sensor/program,job/program,analyze/cli,deploy/stack -am");
        assertThat(start("sensor", "--help").out()).contains("<io.tripline.sensor.program.SensorCommand>");
        assertThat(project.resolve("built")).content().hasLineCount(1);
    }

    @Test
    void shouldBuildAgainWhenASourceIsGone() throws Exception {
        installJava(bin, "17.0.1", true);
        start();

        Files.setLastModifiedTime(
                project.resolve("analyze/cli/src/main"),
                FileTime.from(Instant.now().plusSeconds(10)));

        assertThat(start().err()).isEqualTo("tripline: building all programs (once, some minutes)…\n");
    }

    /** The folder of a module changes when its target appears in it or goes. */
    @Test
    void shouldNotBuildAgainBecauseAModuleGotItsTarget() throws Exception {
        installJava(bin, "17.0.1", true);
        start();
        FileTime later = FileTime.from(Instant.now().plusSeconds(60));
        for (String module : List.of("deploy/stack", "sensor/program", "analyze/cli")) {
            Path folder = project.resolve(module);
            Files.createFile(
                    Files.createDirectories(folder.resolve("target/lib")).resolve("new.jar"));
            for (String part : List.of("target/lib/new.jar", "target/lib", "target", "", "..")) {
                Files.setLastModifiedTime(folder.resolve(part), later);
            }
        }

        start();

        assertThat(project.resolve("built")).content().hasLineCount(1);
    }

    @Test
    void shouldNotBuildAgainBecauseAStackFetchedItsServers() throws Exception {
        installJava(bin, "17.0.1", true);
        start();
        Files.createDirectories(project.resolve("deploy/stack/servers/kafka/target"));
        for (String folder : List.of("servers/kafka/target", "servers/kafka", "servers", "")) {
            Files.setLastModifiedTime(
                    project.resolve("deploy/stack").resolve(folder),
                    FileTime.from(Instant.now().plusSeconds(60)));
        }

        start();

        assertThat(project.resolve("built")).content().hasLineCount(1);
    }

    @Test
    void shouldShowWhatTheBuildSaidWhenItFails() throws Exception {
        installJava(bin, "17.0.1", true);
        Files.createFile(project.resolve("broken"));

        Start start = start();

        assertThat(start.err()).contains("what the compiler said\n", "tripline: the build failed");
        assertThat(start.out()).isEmpty();
        assertThat(start.status()).isEqualTo(70);
    }

    @Test
    void shouldUseTheClassArchiveThatOneTrainingRunMade() throws Exception {
        installJava(bin, "17.0.1", true);

        String archive =
                project.resolve("analyze/cli/target/tripline-17.0.1.jsa").toString();

        assertThat(start().out()).contains("<-XX:SharedArchiveFile=" + archive + ">");
        assertThat(Path.of(archive)).hasContent("archive");
    }

    @Test
    void shouldStartThroughASymbolicLink() throws Exception {
        installJava(bin, "17.0.1", true);
        Path link = Files.createSymbolicLink(folder.resolve("a link"), project.resolve("tripline"));

        assertThat(begin(link, Map.of()).end().status()).isEqualTo(65);
    }

    @Test
    void shouldSayHowToGetJavaWhenThereIsNone() throws Exception {
        Start start = start();

        assertThat(start.err()).contains("needs Java 17 or later").contains("apt-get install openjdk-17-jdk-headless");
        assertThat(start.status()).isEqualTo(70);
    }

    @Test
    void shouldPassOverAJavaThatIsTooOld() throws Exception {
        installJava(bin, "11.0.2", true);
        installJava(folder.resolve("jvm/java-8/bin"), "1.8.0_292", true);
        assertThat(start().err()).contains("needs Java 17 or later");

        Path home = folder.resolve("jvm/java-21");
        installJava(home.resolve("bin"), "21.0.1", true);
        assertThat(start().status()).isEqualTo(65);
        assertThat(project.resolve("built")).content().isEqualTo(home.toRealPath() + "\n");
    }

    @Test
    void shouldSayThatBuildingNeedsACompilerWhenThereIsOnlyARuntime() throws Exception {
        installJava(bin, "17.0.1", false);

        Start start = start();

        assertThat(start.err()).contains("building needs a JDK 17 or later", "apt-get install openjdk-17-jdk-headless");
        assertThat(start.status()).isEqualTo(70);
    }

    private Start start(String... arguments) throws Exception {
        return begin(project.resolve("tripline"), Map.of(), arguments).end();
    }

    private Start start(Map<String, String> environment) throws Exception {
        return begin(project.resolve("tripline"), environment).end();
    }

    private Running begin(Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(bin.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "TRIPLINE_JAVA_OPTS"));
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("TRIPLINE_JVM_DIR", folder.resolve("jvm").toString());
        builder.environment().putAll(environment);
        Path input = Files.writeString(folder.resolve("input"), "standard input");
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        builder.redirectInput(input.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        return new Running(builder.start(), out, err);
    }

    private static void installJava(Path bin, String version, boolean withCompiler) throws IOException {
        Files.createDirectories(bin);
        script(bin.resolve("java"), JAVA.formatted(version));
        if (withCompiler) {
            script(bin.resolve("javac"), "#!/bin/sh\n");
        }
    }

    private static void script(Path path, String text) throws IOException {
        Files.writeString(path, text);
        makeExecutable(path);
    }

    private static void makeExecutable(Path path) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path onPath(String tool) {
        return List.of("/usr/bin", "/bin").stream()
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
