@NullMarked
package io.tripline.analyze;

import org.jspecify.annotations.NullMarked;
