/** Rule {@code udp-flood}. */
@NullMarked
package io.tripline.rules.flood.udp;

import org.jspecify.annotations.NullMarked;
