package io.tripline.rules.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A {@link Fold} that keeps one part for each subject of the current second in a hash map. For traffic that is rare among packets (ICMP, DNS,
 * ARP): it takes an object for each look-up.
 *
 * <p>Memory: at most the given number of parts between two flushes.
 */
public abstract class SecondFold<K, P extends Part<K, P>> implements Fold {
    private static final long SECOND = 1_000_000;

    private final Map<K, P> open = new HashMap<>();
    private final Consumer<? super P> parts;
    private final int capacity;
    private long second = Long.MIN_VALUE;
    private long leftOut;

    protected SecondFold(Consumer<? super P> parts, int capacity) {
        this.parts = parts;
        this.capacity = capacity;
    }

    /** A part in which nothing happened yet. */
    protected abstract P newPart(K subject, long inSecond);

    /**
     * The part to add to.
     *
     * @param time stream time, microseconds
     */
    protected final P part(K subject, long time) {
        long inSecond = Math.floorDiv(time, SECOND);
        P part = inSecond == second ? open.get(subject) : null;
        if (part == null) {
            if (inSecond != second || open.size() >= capacity) {
                flush();
                second = inSecond;
            }
            part = newPart(subject, inSecond);
            open.put(subject, part);
        }
        return part;
    }

    @Override
    public final void flush() {
        open.values().forEach(part -> {
            leftOut += leftOut(part);
            parts.accept(part);
        });
        open.clear();
    }

    /** Packets of a part that it does not hold. */
    protected long leftOut(P part) {
        return 0;
    }

    @Override
    public final long notFollowed() {
        return leftOut + (parts instanceof SinglePacketLimiter<?> singles ? singles.held() : 0);
    }
}
