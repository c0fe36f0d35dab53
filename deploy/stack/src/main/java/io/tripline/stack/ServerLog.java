package io.tripline.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a server said before it ended. */
final class ServerLog {
    private static final Pattern COMPLAINT = Pattern.compile("ERROR|FATAL|Exception|Caused by|Error:");
    private static final int LONGEST = 300;

    private ServerLog() {}

    /** The last line that looks like a reason, or else the last line. */
    static String complaint(Path log) {
        try {
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            String last = lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
            String reason = lines.stream()
                    .filter(line -> COMPLAINT.matcher(line).find())
                    .reduce((earlier, later) -> later)
                    .orElse(last)
                    .trim();
            return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
        } catch (IOException unreadable) {
            return "its log cannot be read";
        }
    }
}
