package io.tripline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Files of this project, and programs that look into them. */
final class Project {
    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    static final ObjectMapper JSON = new ObjectMapper();

    private Project() {}

    static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    /** A file of this project and what it holds. */
    record Source(Path path, String text) {}

    /** The sources of all programs, without those of tests. */
    static Stream<Source> sources() throws IOException {
        return files("src/main/java", ".java");
    }

    /** Files whose path from the root has a part and an end, without what builds have made. */
    static Stream<Source> files(String part, String end) throws IOException {
        List<Source> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean made = name.equals("target") || name.startsWith(".") || name.startsWith("tripline-");
                return made ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = ROOT.relativize(file).toString();
                if (path.contains(part) && path.endsWith(end)) {
                    found.add(new Source(ROOT.relativize(file), Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found.stream().sorted(Comparator.comparing(Source::path));
    }

    /** The documents of a YAML file, anchors and merge keys followed. */
    static List<JsonNode> yaml(String text) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(text)) {
            documents.add(JSON.valueToTree(document));
        }
        return documents;
    }

    /** A property of a POM. */
    static String property(String pom, String name) throws IOException {
        Matcher found = Pattern.compile("<" + Pattern.quote(name) + ">([^<]*)<").matcher(text(pom));
        if (!found.find()) {
            throw new AssertionError(pom + " has no property " + name);
        }
        return found.group(1);
    }

    static String version() throws IOException {
        return property("pom.xml", "version");
    }

    /** Where a program lies, if it is installed. */
    static Optional<Path> program(String name) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":", -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a program that ended gave, both of its streams together. */
    record Run(int status, String said) {}

    static Run run(Path folder, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("does not end: " + command);
        }
        return new Run(process.exitValue(), said);
    }

    /** The rows of the table of rights in docs/security.md: user, kind, name, operation. */
    static List<List<String>> rights() throws IOException {
        List<List<String>> rights = new ArrayList<>();
        for (String line : text("docs/security.md").lines().toList()) {
            String[] cells = line.replace("`", "").split(" *\\| *", -1);
            if (!line.matches("\\| `[a-z]+` \\| (topic|group|groups that begin with) \\|.*")) {
                continue;
            }
            String kind = cells[2].equals("groups that begin with") ? "groups" : cells[2];
            for (String name : cells[3].split(", ", -1)) {
                for (String operation : cells[4].split(", ", -1)) {
                    rights.add(List.of(
                            cells[1], kind, name, operation.replace(" ", "").toLowerCase(java.util.Locale.ROOT)));
                }
            }
        }
        return rights;
    }
}
