/** Rule {@code volume-outlier}: who sends far more than usual. */
@NullMarked
package io.tripline.rules.volume;

import org.jspecify.annotations.NullMarked;
