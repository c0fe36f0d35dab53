/** Rule {@code distributed-scan}: several sources share the scan of one target. */
@NullMarked
package io.tripline.rules.probe.distributedscan;

import org.jspecify.annotations.NullMarked;
