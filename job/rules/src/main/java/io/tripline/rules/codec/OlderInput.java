package io.tripline.rules.codec;

import java.io.DataInputStream;
import java.io.InputStream;

/** What an earlier version of this program wrote. */
public final class OlderInput extends DataInputStream implements Versioned {
    private final int version;

    /** The stream is read no further than what is read from here. */
    public OlderInput(InputStream in, int version) {
        super(in);
        this.version = version;
    }

    @Override
    public int version() {
        return version;
    }
}
