package io.tripline.bench;

import java.io.IOException;

/** Traffic without end, told apart by what it is made of; the same seed gives the same frames. */
@FunctionalInterface
interface Traffic {
    /** Writes the next frame. */
    void next() throws IOException;
}
