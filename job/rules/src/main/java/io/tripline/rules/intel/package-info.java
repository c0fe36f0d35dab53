/** Rule {@code intel-match}, and lists of addresses and domains in a form that is small and quick to ask. */
@NullMarked
package io.tripline.rules.intel;

import org.jspecify.annotations.NullMarked;
