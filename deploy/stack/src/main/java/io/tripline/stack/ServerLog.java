package io.tripline.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a server said before it ended. */
final class ServerLog {
    /** From the best reason to the worst. */
    private static final List<Pattern> COMPLAINTS =
            List.of(Pattern.compile("^Caused by: "), Pattern.compile(" (ERROR|FATAL) "), Pattern.compile("\\S"));

    private static final int LONGEST = 300;

    private ServerLog() {}

    /** The root cause of the last failure, or else the last line that looks like one. Of files that are there. */
    static String complaint(Path... logs) {
        try {
            List<String> lines = new ArrayList<>();
            for (Path log : logs) {
                if (Files.exists(log)) {
                    new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .forEach(lines::add);
                }
            }
            String reason = COMPLAINTS.stream()
                    .flatMap(
                            pattern -> lines.stream()
                                    .filter(line -> pattern.matcher(line).find())
                                    .reduce((earlier, later) -> later)
                                    .stream())
                    .findFirst()
                    .orElse("it printed nothing");
            return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
        } catch (IOException unreadable) {
            return "its log cannot be read";
        }
    }
}
