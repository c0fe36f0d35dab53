/** Rule {@code port-scan}: many services of one host. */
@NullMarked
package io.tripline.rules.probe.portscan;

import org.jspecify.annotations.NullMarked;
