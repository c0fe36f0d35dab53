package io.tripline.rules.alert;

import org.jspecify.annotations.Nullable;

/**
 * What settings do to one alert.
 *
 * @param severity in place of what the score gives; null where the score decides
 * @param allowedBy what keeps it from being raised; null where it is raised
 * @param lapsed what would keep it from being raised, had it not lapsed; null where nothing would
 * @param closedBecause why it is closed though it may go on; null where it is not, or is over
 */
public record Treatment(
        @Nullable Severity severity,
        @Nullable AllowEntry allowedBy,
        @Nullable AllowEntry lapsed,
        @Nullable String closedBecause) {
    static final Treatment NONE = new Treatment(null, null, null, null);
}
