/** How programs begin, tell errors and end. */
@NullMarked
package io.tripline.shell;

import org.jspecify.annotations.NullMarked;
