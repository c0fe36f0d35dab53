/** Rule {@code os-fingerprint}: packets that only ask what a host runs. */
@NullMarked
package io.tripline.rules.probe.osfingerprint;

import org.jspecify.annotations.NullMarked;
