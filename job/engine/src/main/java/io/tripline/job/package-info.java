@NullMarked
package io.tripline.job;

import org.jspecify.annotations.NullMarked;
