/** Rule {@code icmp-flood}. */
@NullMarked
package io.tripline.rules.flood.icmp;

import org.jspecify.annotations.NullMarked;
