/** Rules about data in protocols that are made for something else: what their alerts have in common. */
@NullMarked
package io.tripline.rules.tunnel;

import org.jspecify.annotations.NullMarked;
