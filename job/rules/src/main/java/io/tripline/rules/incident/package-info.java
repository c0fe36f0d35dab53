/** An incident over time, and what a rule has found of it: times, counts, evidence, and the tests that decided. */
@NullMarked
package io.tripline.rules.incident;

import org.jspecify.annotations.NullMarked;
