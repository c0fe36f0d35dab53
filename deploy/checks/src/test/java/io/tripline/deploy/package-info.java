/** What can be checked of a deployment without running it. */
@NullMarked
package io.tripline.deploy;

import org.jspecify.annotations.NullMarked;
