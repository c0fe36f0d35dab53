package io.tripline.sensor.capture;

import java.io.FilterInputStream;
import java.io.InputStream;

/** A stream that stays open when its reader is done with it. */
final class UnclosedInput extends FilterInputStream {
    UnclosedInput(InputStream in) {
        super(in);
    }

    @Override
    public void close() {}
}
