/** Packets from network interfaces, through libpcap. */
@NullMarked
package io.tripline.sensor.capture.live;

import org.jspecify.annotations.NullMarked;
