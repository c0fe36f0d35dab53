/** The summary of traffic as JSON, for a minute or for a whole capture. */
@NullMarked
package io.tripline.job.traffic;

import org.jspecify.annotations.NullMarked;
