package io.tripline.rules.intel;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What loading a list gave.
 *
 * @param file where it was read from
 * @param read lines, or indicators of a bundle
 * @param entries understood, and new
 * @param duplicates understood, and listed before
 * @param notUnderstood by kind
 * @param examples the first of these, with file and line
 */
public record IntelCounts(
        IntelList list,
        String file,
        long read,
        long entries,
        long duplicates,
        SortedMap<String, Long> notUnderstood,
        List<String> examples) {
    public IntelCounts {
        notUnderstood = new TreeMap<>(notUnderstood);
        examples = List.copyOf(examples);
    }

    public long notUnderstoodCount() {
        return notUnderstood.values().stream().mapToLong(Long::longValue).sum();
    }
}
