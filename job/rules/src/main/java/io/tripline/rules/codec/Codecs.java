package io.tripline.rules.codec;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** All codecs there are, of all tables. */
public final class Codecs {
    private Codecs() {}

    /**
     * Codecs of all tables that a class loader finds.
     *
     * @param classes of the program whose codecs these are
     */
    public static List<Codec<?>> all(ClassLoader classes) {
        return ServiceLoader.load(CodecTable.class, classes).stream()
                .<Codec<?>>flatMap(table -> table.get().codecs().stream())
                .toList();
    }

    /** The codec of an id; empty where there is none. */
    public static Optional<Codec<?>> find(String id, ClassLoader classes) {
        return all(classes).stream()
                .filter(codec -> codec.format().id().equals(id))
                .findFirst();
    }
}
