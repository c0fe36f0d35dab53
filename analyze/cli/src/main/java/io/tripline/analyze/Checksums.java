package io.tripline.analyze;

import io.tripline.analyze.report.Sha256;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code SHA256SUMS}: the hash of each result, as {@code sha256sum -c} reads them. */
final class Checksums {
    private Checksums() {}

    /** Writes those of all files of a folder into it. */
    static void write(Path folder) throws IOException {
        SortedMap<String, String> sums = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (OutputFolder.isResult(name) && !name.equals(OutputFolder.SUMS)) {
                    sums.put(name, Sha256.of(file));
                }
            }
        }
        StringBuilder text = new StringBuilder();
        sums.forEach((name, sum) -> text.append(sum).append("  ").append(name).append('\n'));
        Files.writeString(folder.resolve(OutputFolder.SUMS), text);
    }

    /** Whether a file is as it was when its hash was written; true where there is none to compare with. */
    static boolean agree(Path folder, String name) throws IOException {
        Path sums = folder.resolve(OutputFolder.SUMS);
        if (!Files.isRegularFile(sums)) {
            return true;
        }
        String line = Sha256.of(folder.resolve(name)) + "  " + name;
        return Files.readAllLines(sums).stream().anyMatch(line::equals)
                || Files.readAllLines(sums).stream().noneMatch(other -> other.endsWith("  " + name));
    }
}
