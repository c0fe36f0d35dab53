/** Who began a conversation, who answered, and what became of it: from decoded packets to batches. */
@NullMarked
package io.tripline.sensor.flow;

import org.jspecify.annotations.NullMarked;
