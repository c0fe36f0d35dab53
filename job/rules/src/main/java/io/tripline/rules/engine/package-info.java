/**
 * What hosts a rule: parts of a second wait until it is complete, the detector is asked, idle subjects are forgotten.
 * No clock, no input or output.
 */
@NullMarked
package io.tripline.rules.engine;

import org.jspecify.annotations.NullMarked;
