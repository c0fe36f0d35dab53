/** What every rule has to do with: addresses, networks, services. */
@NullMarked
package io.tripline.rules.network;

import org.jspecify.annotations.NullMarked;
