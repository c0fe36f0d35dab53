package io.tripline.rules.codec;

import java.util.List;

/**
 * Codecs of one part of the program. An implementation has a public constructor without arguments and stands in {@code META-INF/services}: stored
 * state is read before it is known who asks for it.
 */
public interface CodecTable {
    List<Codec<?>> codecs();
}
