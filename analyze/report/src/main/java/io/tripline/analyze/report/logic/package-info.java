/** How each rule decides, in words and as rules of other systems. */
@NullMarked
package io.tripline.analyze.report.logic;

import org.jspecify.annotations.NullMarked;
