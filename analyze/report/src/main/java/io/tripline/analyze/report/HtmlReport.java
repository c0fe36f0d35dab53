package io.tripline.analyze.report;

import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;

/**
 * The report as one HTML file that needs nothing else: no script must run and nothing is fetched. Its content security
 * policy lets the browser run the one script and use the one style sheet in it, and nothing besides, should text from a
 * capture ever get past the escaping.
 */
public final class HtmlReport {
    private HtmlReport() {}

    /** Writes it into a new file. */
    public static void write(IncidentReport report, Path file) throws IOException {
        String style = Templates.resource("page.css") + Templates.resource("chart/charts.css");
        String script = Templates.resource("page.js");
        String policy = "default-src 'none'; style-src 'sha256-" + hash(style) + "'; script-src 'sha256-" + hash(script)
                + "'; base-uri 'none'; form-action 'none'";
        Utf8ByteOutput page = new Utf8ByteOutput();
        Templates.render(
                "page.jte", Map.of("report", report, "policy", policy, "style", style, "script", script), page);
        try (OutputStream out = Files.newOutputStream(file)) {
            page.writeTo(out);
        }
    }

    private static String hash(String text) {
        MessageDigest digest = Sha256.digest();
        return Base64.getEncoder().encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
