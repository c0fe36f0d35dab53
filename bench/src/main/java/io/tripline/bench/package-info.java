@NullMarked
package io.tripline.bench;

import org.jspecify.annotations.NullMarked;
