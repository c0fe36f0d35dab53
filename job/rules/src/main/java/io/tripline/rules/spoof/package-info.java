/** Rule {@code arp-spoof}: who claims the addresses of others by ARP or neighbour discovery. */
@NullMarked
package io.tripline.rules.spoof;

import org.jspecify.annotations.NullMarked;
