/** Counts, sets and samples in bounded memory. */
@NullMarked
package io.tripline.rules.sketch;

import org.jspecify.annotations.NullMarked;
