/** Traffic of each minute: who moved how much to whom, and its document. */
@NullMarked
package io.tripline.rules.traffic;

import org.jspecify.annotations.NullMarked;
