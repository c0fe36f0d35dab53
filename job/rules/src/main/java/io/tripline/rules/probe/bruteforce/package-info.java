/** Rule {@code brute-force}: passwords guessed at a login service. */
@NullMarked
package io.tripline.rules.probe.bruteforce;

import org.jspecify.annotations.NullMarked;
