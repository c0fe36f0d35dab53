/** From bytes to header fields: one flyweight a header, no allocation per packet, no exception for bad bytes. */
@NullMarked
package io.tripline.sensor.decode;

import org.jspecify.annotations.NullMarked;
