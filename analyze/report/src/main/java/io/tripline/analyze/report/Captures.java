package io.tripline.analyze.report;

import static io.tripline.analyze.report.Table.Builder.bytes;

import com.fasterxml.jackson.databind.JsonNode;

/** The capture files with their fingerprints. */
final class Captures {
    private static final int FILES = 100;

    private Captures() {}

    static Table table(JsonNode report) {
        Table.Builder table = Table.of("captures", "Capture files")
                .text("File")
                .code("SHA-256")
                .text("Format")
                .figures("Packets", "Bytes")
                .text("First packet", "Last packet");
        for (JsonNode file : report.path("capture")) {
            if (table.size() == FILES) {
                break;
            }
            String sha256 = Format.text(file.path("sha256"));
            table.row(
                    Format.text(file.path("file").asText(), 300),
                    sha256.isEmpty() ? "none: the input can be read only once" : sha256,
                    Format.text(file.path("format")),
                    file.path("packets").asLong(),
                    bytes(file.path("bytes").asLong()),
                    Format.time(file.path("first")),
                    Format.time(file.path("last")));
        }
        return table.note(
                TrafficTables.left(table.size(), report.path("capture").size(), "file"));
    }
}
