/** Rule {@code slow-scan}: a scan that no minute shows, and the room for what it remembers. */
@NullMarked
package io.tripline.rules.probe.slowscan;

import org.jspecify.annotations.NullMarked;
