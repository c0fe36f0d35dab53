/** Rule {@code syn-flood}. */
@NullMarked
package io.tripline.rules.flood.syn;

import org.jspecify.annotations.NullMarked;
