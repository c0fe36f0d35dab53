/** Rule {@code host-sweep}: one service of many hosts. */
@NullMarked
package io.tripline.rules.probe.hostsweep;

import org.jspecify.annotations.NullMarked;
