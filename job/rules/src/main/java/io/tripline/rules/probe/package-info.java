/** Rules about who tries what is not there: what an actor tried, at whom, and what came of it. */
@NullMarked
package io.tripline.rules.probe;

import org.jspecify.annotations.NullMarked;
