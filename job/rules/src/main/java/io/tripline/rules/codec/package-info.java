/** How values are written as bytes and read again, with bounds and with versions. */
@NullMarked
package io.tripline.rules.codec;

import org.jspecify.annotations.NullMarked;
