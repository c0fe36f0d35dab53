package io.tripline.job.settings.yaml;

import java.util.Collection;
import java.util.Locale;

/** What somebody meant who wrote something else. */
public final class Suggestion {
    private static final int LISTED = 30;

    private Suggestion() {}

    /** {@code ; did you mean 'port-scan'?} where one candidate is near, otherwise all of them. */
    public static String of(String written, Collection<String> candidates) {
        String nearest = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(written.toLowerCase(Locale.ROOT), candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        if (least <= Math.max(1, (nearest.length() + 1) / 3)) {
            return "; did you mean '" + nearest + "'?";
        }
        return "; known are "
                + String.join(", ", candidates.stream().sorted().limit(LISTED).toList());
    }

    /** How many letters must be added, removed, replaced (Levenshtein). */
    private static int distance(String from, String to) {
        if (from.length() > 64) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int corner = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = corner + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                corner = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
