/** Rule {@code connection-flood}. */
@NullMarked
package io.tripline.rules.flood.connection;

import org.jspecify.annotations.NullMarked;
