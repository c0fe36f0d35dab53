/** What flows between sensor and job, and the words both use for it. */
@NullMarked
package io.tripline.schemas;

import org.jspecify.annotations.NullMarked;
