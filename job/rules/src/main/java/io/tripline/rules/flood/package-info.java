/** Rules about targets that are overwhelmed: what comes to a target, how fast, and what is usual there. */
@NullMarked
package io.tripline.rules.flood;

import org.jspecify.annotations.NullMarked;
