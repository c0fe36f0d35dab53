/** The rules. Plain Java: what was seen goes in, findings come out; no clock, no input or output, no engine. */
@NullMarked
package io.tripline.job.detect;

import org.jspecify.annotations.NullMarked;
