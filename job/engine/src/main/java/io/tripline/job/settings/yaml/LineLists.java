package io.tripline.job.settings.yaml;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads lists with an entry on each line: plain ones, also hosts files, and CSV (RFC 4180) with one column that counts.
 */
final class LineLists {
    /** A longer line is read past and not understood. */
    private static final int LINE = 8_192;

    private LineLists() {}

    /** Lines without comments; of a hosts file the name counts. */
    static void plain(BufferedReader in, IntelTally tally) throws IOException {
        StringBuilder line = new StringBuilder();
        for (long number = 1; next(in, line); number++) {
            String text = withoutComment(line.toString()).strip();
            if (text.isEmpty()) {
                continue;
            }
            tally.read();
            if (tally.isFull()) {
                tally.skip("beyond the limit of entries", number);
            } else if (line.length() > LINE) {
                tally.skip("line too long", number);
            } else {
                String[] words = text.split("\\s+", 3);
                boolean hosts = words.length > 1 && (words[0].equals("0.0.0.0") || words[0].equals("127.0.0.1"));
                if (words.length > 1 && !hosts) {
                    tally.skip("several words", number);
                } else {
                    tally.take(hosts ? words[1] : text, number);
                }
            }
        }
    }

    /** Everything from {@code #} or {@code ;} on, at the beginning or after a blank. */
    private static String withoutComment(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c == '#' || c == ';') && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    /**
     * Rows; the first names the columns where one is asked for, also behind a comment sign.
     *
     * @param column name of the column that counts; null for the first
     * @return whether the column was found
     */
    static boolean csv(BufferedReader in, @Nullable String column, IntelTally tally) throws IOException {
        StringBuilder line = new StringBuilder();
        int at = column == null ? 0 : -1;
        for (long number = 1; next(in, line); number++) {
            String text = line.toString().strip();
            boolean comment = text.startsWith("#");
            if (at < 0 && column != null) {
                List<String> names = fields(comment ? text.substring(1).strip() : text);
                at = names == null ? -1 : indexOf(names, column);
                if (at < 0 && !comment && !text.isEmpty()) {
                    return false;
                }
                continue;
            }
            if (comment || text.isEmpty()) {
                continue;
            }
            tally.read();
            List<String> fields = line.length() > LINE ? null : fields(text);
            if (tally.isFull()) {
                tally.skip("beyond the limit of entries", number);
            } else if (fields == null) {
                tally.skip(line.length() > LINE ? "line too long" : "quotes that do not end", number);
            } else if (at >= fields.size()) {
                tally.skip("row without the column", number);
            } else {
                tally.take(fields.get(at).strip(), number);
            }
        }
        return at >= 0;
    }

    private static int indexOf(List<String> names, String column) {
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).strip().toLowerCase(Locale.ROOT).equals(column.toLowerCase(Locale.ROOT))) {
                return i;
            }
        }
        return -1;
    }

    /** The fields of a row; null where a quote does not end on the line. */
    private static @Nullable List<String> fields(String row) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < row.length(); i++) {
            char c = row.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < row.length() && row.charAt(i + 1) == '"') {
                    field.append(c);
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && field.toString().isBlank()) {
                field.setLength(0);
                quoted = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return quoted ? null : fields;
    }

    /** Reads a line, of a long one the beginning; false at the end. */
    private static boolean next(BufferedReader in, StringBuilder line) throws IOException {
        line.setLength(0);
        int c = in.read();
        if (c < 0) {
            return false;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() <= LINE && c != '\r') {
                line.append((char) c);
            }
        }
        return true;
    }
}
