/** Where packets come from: capture files, streams and (later) live interfaces. Knows nothing of what is in them. */
@NullMarked
package io.tripline.sensor.capture;

import org.jspecify.annotations.NullMarked;
