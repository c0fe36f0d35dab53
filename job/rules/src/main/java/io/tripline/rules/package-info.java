/**
 * All rules: which there are, what is set for them, and how their findings become alerts. Plain Java: no Flink, no
 * Kafka, no command line.
 */
@NullMarked
package io.tripline.rules;

import org.jspecify.annotations.NullMarked;
