package io.tripline.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words that users do not know from elsewhere, each with what the field says instead: {@code words.tsv}. */
final class WordList {
    private static final String FILE = "words.tsv";

    /** Code, addresses of links and comments of a page. */
    private static final Pattern NO_PROSE =
            Pattern.compile("^```.*?^```|`[^`\n]*`|]\\([^)\n]*\\)|<!--.*?-->", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern BLOCK_COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern LINE_COMMENT = Pattern.compile("^\\s*//.*$", Pattern.MULTILINE);
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");
    private static final Pattern WORDS =
            Pattern.compile("\\p{Alpha}[\\p{Alpha}']* +\\p{Alpha}|^ \\p{Alpha}|\\p{Alpha} $");

    private final List<Entry> entries;

    private WordList(List<Entry> entries) {
        this.entries = entries;
    }

    private record Entry(Pattern word, String better) {}

    static WordList read() throws IOException {
        try (InputStream in = WordList.class.getResourceAsStream(FILE)) {
            List<Entry> entries = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.startsWith("#")) {
                    String[] cells = line.split("\t", 2);
                    Pattern word = Pattern.compile("\\b(?:" + cells[0] + ")\\b", Pattern.CASE_INSENSITIVE);
                    entries.add(new Entry(word, cells[1]));
                }
            }
            return new WordList(entries);
        }
    }

    /** Finds words in the prose of a page in Markdown. */
    List<String> inPage(String name, String text) {
        return in(name, blanked(text, NO_PROSE));
    }

    /** Finds words in the string literals of a Java source that hold more than one word. */
    List<String> inSource(String name, String text) {
        String code = blanked(blanked(text, BLOCK_COMMENT), LINE_COMMENT);
        StringBuilder messages = new StringBuilder(blanked(code, Pattern.compile("[^\n]")));
        for (MatchResult literal : LITERAL.matcher(code).results().toList()) {
            if (WORDS.matcher(literal.group(1)).find()) {
                messages.replace(literal.start(1), literal.end(1), literal.group(1));
            }
        }
        return in(name, messages.toString());
    }

    /** Finds words in a text, whatever it is. */
    List<String> in(String name, String text) {
        List<String> found = new ArrayList<>();
        for (Entry entry : entries) {
            for (MatchResult word : entry.word().matcher(text).results().toList()) {
                long line = 1
                        + text.substring(0, word.start())
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                found.add(name + ":" + line + ": '" + word.group() + "'; better: " + entry.better());
            }
        }
        return found;
    }

    /** The text with blanks in place of what matches; lines stay where they are. */
    private static String blanked(String text, Pattern part) {
        return part.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(match.group().replaceAll("[^\n]", " ")));
    }
}
