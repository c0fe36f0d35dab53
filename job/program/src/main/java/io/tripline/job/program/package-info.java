/** The program behind {@code ./tripline job}. */
@NullMarked
package io.tripline.job.program;

import org.jspecify.annotations.NullMarked;
