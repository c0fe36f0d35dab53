/** Lists of addresses and domains that others warn of, in a form that is small and quick to ask. */
@NullMarked
package io.tripline.job.intel;

import org.jspecify.annotations.NullMarked;
