package io.tripline.job.incident;

import org.jspecify.annotations.Nullable;

/**
 * What settings do to one alert.
 *
 * @param severity in place of what the score gives; null where the score decides
 * @param allowedBy what keeps it from being raised; null where it is raised
 */
record Treatment(@Nullable Severity severity, @Nullable AllowEntry allowedBy) {
    static final Treatment NONE = new Treatment(null, null);
}
