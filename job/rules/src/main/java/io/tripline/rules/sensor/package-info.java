/** Rule {@code sensor-health}: a sensor is silent, loses packets or has a wrong clock. */
@NullMarked
package io.tripline.rules.sensor;

import org.jspecify.annotations.NullMarked;
