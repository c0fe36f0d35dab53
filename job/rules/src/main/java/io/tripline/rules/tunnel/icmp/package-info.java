/** Rule {@code icmp-tunnel}: data in ICMP echo. */
@NullMarked
package io.tripline.rules.tunnel.icmp;

import org.jspecify.annotations.NullMarked;
