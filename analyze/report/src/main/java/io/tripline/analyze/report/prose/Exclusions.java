package io.tripline.analyze.report.prose;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Text that is not sent: each word that holds it is replaced, capital letters or not. */
public final class Exclusions {
    private final List<String> texts;

    /** {@code texts} must not be blank. */
    public Exclusions(List<String> texts) {
        this.texts = List.copyOf(texts);
    }

    String replace(String figures) {
        if (texts.isEmpty()) {
            return figures;
        }
        String any = texts.stream().map(String::strip).map(Pattern::quote).collect(Collectors.joining("|"));
        return Pattern.compile("[^\\s,;()]*(?:" + any + ")[^\\s,;()]*", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(figures)
                .replaceAll("(excluded)");
    }
}
