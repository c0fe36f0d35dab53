package io.tripline.analyze.report.prose;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What of a model's answer may stand in a report: sentences of plain words whose every number is among the figures that
 * it was given.
 *
 * @param paragraphs of sentences that may stand
 * @param sentences how many there were
 * @param wrongNumbers of these left out, because a number is not among the figures
 * @param wrongForm of these left out for links, markup, other scripts, or being too long
 * @param cut whether there was more, which nobody looked at
 */
public record Answer(List<String> paragraphs, long sentences, long wrongNumbers, long wrongForm, boolean cut) {
    private static final int LONGEST = 6_000;
    private static final int LONGEST_SENTENCE = 600;
    private static final int MOST_SENTENCES = 40;

    private static final Pattern SIGNS = Pattern.compile(
            "[\\p{IsLatin}0-9 .,;:!?'\"()/%+&\u00d7\u00b0\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2212-]*");
    private static final Pattern LINK = Pattern.compile(
            "//|\\bwww\\.|\\bmailto:|\\bjavascript:|\\p{L}[\\p{L}0-9-]*\\.\\p{L}{2,}", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST_SIGN = Pattern.compile("^(?:[-+\u2022]|\\d{1,2}[.)]) +");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?]|[.!?][\"')\u201d\u2019]) +(?!\\p{Ll})");
    private static final Pattern EMPHASIS = Pattern.compile("[*`]");

    public Answer {
        paragraphs = List.copyOf(paragraphs);
    }

    /** Looks at an answer. */
    static Answer of(String text, Numbers figures) {
        String words = thoughtless(text);
        boolean cut = words.length() > LONGEST;
        Reading reading = new Reading(figures, cut);
        String plain = Normalizer.normalize(cut ? words.substring(0, LONGEST) : words, Normalizer.Form.NFKC);
        plain.lines().forEach(reading::line);
        return reading.answer();
    }

    /** Without what some models write for themselves before they answer. */
    private static String thoughtless(String text) {
        int end = text.lastIndexOf("</think>");
        return text.strip().startsWith("<think>") && end > 0 ? text.substring(end + "</think>".length()) : text;
    }

    private static final class Reading {
        private final Numbers figures;
        private final List<String> paragraphs = new ArrayList<>();
        private long sentences;
        private long wrongNumbers;
        private long wrongForm;
        private boolean cut;

        private Reading(Numbers figures, boolean cut) {
            this.figures = figures;
            this.cut = cut;
        }

        private void line(String line) {
            if (line.strip().startsWith("#")) {
                return; // a heading
            }
            String words = EMPHASIS.matcher(line.replace('\t', ' ').strip()).replaceAll("");
            String text = LIST_SIGN.matcher(words).replaceFirst("").strip();
            List<String> kept = new ArrayList<>();
            for (String sentence : SENTENCE_END.split(text, -1)) {
                if (!sentence.isBlank() && passes(sentence)) {
                    kept.add(sentence);
                }
            }
            if (!kept.isEmpty()) {
                paragraphs.add(String.join(" ", kept));
            }
        }

        private boolean passes(String sentence) {
            if (sentences == MOST_SENTENCES) {
                cut = true;
                return false;
            }
            sentences++;
            if (sentence.length() > LONGEST_SENTENCE
                    || !SIGNS.matcher(sentence).matches()
                    || LINK.matcher(sentence).find()) {
                wrongForm++;
                return false;
            }
            if (!figures.cover(sentence)) {
                wrongNumbers++;
                return false;
            }
            return true;
        }

        private Answer answer() {
            return new Answer(paragraphs, sentences, wrongNumbers, wrongForm, cut);
        }
    }
}
