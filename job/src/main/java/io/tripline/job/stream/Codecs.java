package io.tripline.job.stream;

import java.util.List;
import java.util.ServiceLoader;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.UnreadableStateException;

/** All codecs there are. Stored state names them by id, and is read before it is known who asks for it. */
final class Codecs {
    private Codecs() {}

    static List<Codec<?>> all(ClassLoader classes) {
        return ServiceLoader.load(Codec.class, classes).stream()
                .<Codec<?>>map(ServiceLoader.Provider::get)
                .toList();
    }

    /**
     * The codec of an id.
     *
     * @throws UnreadableStateException if there is none
     */
    static Codec<?> find(String id, ClassLoader classes) throws UnreadableStateException {
        for (Codec<?> codec : all(classes)) {
            if (codec.format().id().equals(id)) {
                return codec;
            }
        }
        throw new UnreadableStateException(
                "stored state holds " + id + ", which this program does not know: it was written by another version");
    }
}
