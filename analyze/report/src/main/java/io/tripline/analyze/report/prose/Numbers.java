package io.tripline.analyze.report.prose;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every number of a text: counts, times, addresses, identifiers with digits, and number words. Says whether another
 * text has only such.
 *
 * <p>What is compared is the number, not what it counts: "120 hosts" passes where the figures say "120 ports".
 */
final class Numbers {
    private static final Pattern WORD =
            Pattern.compile("(?:(?<=^|[\\s(])[-\u2212])?[\\p{L}\\p{N}]++(?:[.,:/'\u2019_-]{1,2}+[\\p{L}\\p{N}]++)*+");
    private static final Pattern DIGIT = Pattern.compile("\\p{N}");
    private static final Pattern THOUSANDS = Pattern.compile("-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?");
    private static final Pattern UNIT = Pattern.compile("(-?\\d+(?:\\.\\d+)?)\\p{Alpha}{1,12}");
    private static final Pattern ISO = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)t(\\d\\d:.*?)z?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TIME = Pattern.compile("((\\d\\d:\\d\\d):\\d\\d)(?:\\.\\d+)?");
    private static final Pattern PARTS = Pattern.compile("[-/]");
    private static final Pattern PLAIN = Pattern.compile("\\d+(?:\\.\\d+)?");

    private static final Map<String, Integer> TENS = Map.of(
            "twenty", 20, "thirty", 30, "forty", 40, "fifty", 50, "sixty", 60, "seventy", 70, "eighty", 80, "ninety",
            90);
    private static final Map<String, Integer> UNITS = Map.ofEntries(
            Map.entry("zero", 0),
            Map.entry("one", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("eight", 8),
            Map.entry("nine", 9),
            Map.entry("ten", 10),
            Map.entry("eleven", 11),
            Map.entry("twelve", 12),
            Map.entry("thirteen", 13),
            Map.entry("fourteen", 14),
            Map.entry("fifteen", 15),
            Map.entry("sixteen", 16),
            Map.entry("seventeen", 17),
            Map.entry("eighteen", 18),
            Map.entry("nineteen", 19));

    /** Numbers that figures never hold: too vague, or of a reckoning that nobody made. */
    private static final Pattern VAGUE = Pattern.compile(
            "hundreds?|thousands?|millions?|billions?|trillions?|dozens?|twice|thrice|doubled?|tripled?|half|halves|quarters?"
                    + "|(?:two|three|four|five|ten|hundred|thousand)fold");

    private final Set<String> known = new HashSet<>();

    private Numbers() {}

    static Numbers of(String text) {
        Numbers numbers = new Numbers();
        WORD.matcher(text)
                .results()
                .map(word -> plain(word.group()))
                .filter(Numbers::hasDigit)
                .forEach(numbers::add);
        return numbers;
    }

    private void add(String word) {
        known.add(word);
        Matcher unit = UNIT.matcher(word);
        if (unit.matches()) {
            known.add(unit.group(1));
        }
        Matcher time = TIME.matcher(word);
        if (time.matches()) {
            known.add(time.group(1));
            known.add(time.group(2));
        }
    }

    /** Whether every number of a sentence is one of these. */
    boolean cover(String sentence) {
        return WORD.matcher(sentence).results().map(word -> plain(word.group())).allMatch(this::covers);
    }

    private boolean covers(String word) {
        if (!hasDigit(word)) {
            return coversWord(word);
        }
        if (known.contains(word)) {
            return true;
        }
        Matcher iso = ISO.matcher(word);
        if (iso.matches()) {
            return known.contains(iso.group(1)) && known.contains(iso.group(2));
        }
        if (!DATE.matcher(word).matches() && PARTS.matcher(word).find(1)) {
            for (String part : PARTS.split(word, -1)) {
                boolean numberOrWord =
                        PLAIN.matcher(part).matches() ? known.contains(part) : !hasDigit(part) && coversWord(part);
                if (!numberOrWord) {
                    return false;
                }
            }
            return true;
        }
        Matcher unit = UNIT.matcher(word);
        return unit.matches() && known.contains(unit.group(1));
    }

    private boolean coversWord(String word) {
        String[] parts = PARTS.split(word, -1);
        for (int i = 0; i < parts.length; i++) {
            Integer value = UNITS.get(parts[i]);
            Integer tens = TENS.get(parts[i]);
            if (tens != null) {
                Integer unit = i + 1 < parts.length ? UNITS.get(parts[i + 1]) : null;
                value = tens + (unit == null ? 0 : unit);
                i += unit == null ? 0 : 1;
            }
            boolean unknown = value != null && !known.contains(value.toString());
            if (unknown || VAGUE.matcher(parts[i]).matches()) {
                return false;
            }
        }
        return true;
    }

    /** In lower case, without separators of thousands. */
    private static String plain(String word) {
        String lower = word.toLowerCase(Locale.ROOT).replace('\u2212', '-');
        return THOUSANDS.matcher(lower).matches() ? lower.replace(",", "") : lower;
    }

    private static boolean hasDigit(String word) {
        return DIGIT.matcher(word).find();
    }
}
