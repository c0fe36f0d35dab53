package io.tripline.rules.engine;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lets parts of a single packet through up to {@link #A_SECOND} a second: a flood under false addresses makes a subject of each packet, and each would
 * be remembered for minutes. Parts of more packets always pass.
 */
public final class SinglePacketLimiter<P extends Part<?, P>> implements Consumer<P> {
    static final int A_SECOND = 256;

    private final Predicate<P> single;
    private final Consumer<? super P> parts;
    private long newest = Long.MIN_VALUE;
    private int passed;
    private long held;

    public SinglePacketLimiter(Predicate<P> single, Consumer<? super P> parts) {
        this.single = single;
        this.parts = parts;
    }

    @Override
    public void accept(P part) {
        if (part.second() > newest) {
            newest = part.second();
            passed = 0;
        }
        if (!single.test(part) || ++passed <= A_SECOND) {
            parts.accept(part);
        } else {
            held++;
        }
    }

    /** Parts that did not pass so far. */
    long held() {
        return held;
    }
}
