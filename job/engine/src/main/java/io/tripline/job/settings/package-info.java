/**
 * What people set: zones, assets, what is allowed, thresholds. Plain records; who reads them from a file is in a
 * package of its own.
 */
@NullMarked
package io.tripline.job.settings;

import org.jspecify.annotations.NullMarked;
