/** The program {@code tripline sensor}: command line, settings, live capture and replay, metrics. */
@NullMarked
package io.tripline.sensor.program;

import org.jspecify.annotations.NullMarked;
