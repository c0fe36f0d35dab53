/** Rule {@code dns-tunnel}: data in DNS names. */
@NullMarked
package io.tripline.rules.tunnel.dns;

import org.jspecify.annotations.NullMarked;
