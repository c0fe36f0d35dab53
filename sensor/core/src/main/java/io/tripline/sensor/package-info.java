/** The sensor's way from captured bytes to batches. */
@NullMarked
package io.tripline.sensor;

import org.jspecify.annotations.NullMarked;
