package io.tripline.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.incident.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What holds of every detector, whatever it looks for: it tells the same of the same parts in any order and however they are split, also where its state is
 * stored and read at every second, and again on a second run; and in the end it remembers nothing.
 *
 * @param <K> what tells subjects apart
 * @param <P> what a subject did in a second
 * @param <T> all that is remembered of one subject
 */
public final class DetectorContract<K, P extends Part<K, P>, T extends PendingSeconds<P>> {
    /** How far ahead of its second a part may come, seconds. */
    private static final int AHEAD = 4;

    private final Supplier<Hosted<K, P, T>> rules;
    private final Codec<P> parts;
    private final Codec<T> states;
    private boolean ends = true;

    /**
     * A contract for rules.
     *
     * @param rules gives them for each run; the same where they keep nothing outside a subject's state
     */
    public DetectorContract(Supplier<Hosted<K, P, T>> rules, Codec<P> parts, Codec<T> states) {
        this.rules = rules;
        this.parts = parts;
        this.states = states;
    }

    /** Of a subject that is there as long as the job: it may remember something in the end, but ask for nothing. */
    public DetectorContract<K, P, T> withoutEnd() {
        ends = false;
        return this;
    }

    /**
     * Requires all of it for parts as folds made them, each written with its codec.
     *
     * @return what was found of each subject
     */
    public Map<K, List<Finding>> check(List<byte[]> written, long seed) {
        Random random = new Random(seed);
        Map<K, List<Finding>> found = run(written, UnaryOperator.identity(), state -> state, "first run");

        require(found, written, UnaryOperator.identity(), state -> state, "the same again on a second run");
        require(found, written, UnaryOperator.identity(), this::stored, "state survives write and read, seed " + seed);
        require(found, written, all -> shuffled(all, random), state -> state, "order of parts, seed " + seed);
        require(found, written, all -> merged(all, 1, random), state -> state, "parts merged to wholes");
        require(found, written, all -> merged(all, 0.5, random), state -> state, "parts split otherwise, seed " + seed);
        require(found, written, all -> shuffled(merged(all, 0.5, random), random), this::stored, "all, seed " + seed);
        return found;
    }

    private void require(
            Map<K, List<Finding>> found,
            List<byte[]> written,
            UnaryOperator<List<P>> order,
            UnaryOperator<T> storage,
            String what) {
        assertThat(run(written, order, storage, what)).as(what).isEqualTo(found);
    }

    private Map<K, List<Finding>> run(
            List<byte[]> written, UnaryOperator<List<P>> order, UnaryOperator<T> storage, String what) {
        List<P> fresh = new ArrayList<>();
        written.forEach(bytes -> fresh.add(read(parts, bytes)));
        SteppedHost<K, P, T> host = new SteppedHost<>(rules.get(), storage);
        host.play(order.apply(fresh));
        assertThat(host.isDone()).as("%s: asks for no second at the end", what).isTrue();
        if (ends) {
            assertThat(host.remembered()).as("%s: idle at the end", what).isZero();
        }
        return host.found();
    }

    private T stored(T state) {
        return read(states, bytes(states, state));
    }

    /** In any order within a few seconds. */
    private static <P extends Part<?, P>> List<P> shuffled(List<P> parts, Random random) {
        IdentityHashMap<P, Double> at = new IdentityHashMap<>();
        parts.forEach(part -> at.put(part, part.second() + random.nextDouble() * AHEAD));
        List<P> shuffled = new ArrayList<>(parts);
        shuffled.sort(Comparator.comparing(at::get));
        return shuffled;
    }

    /** Merges parts of the same second and sensor into one before, with some probability, in any order. */
    private List<P> merged(List<P> all, double probability, Random random) {
        record Whole(Object subject, long second, String sensor) {}
        Map<Whole, P> wholes = new HashMap<>();
        List<P> merged = new ArrayList<>();
        for (P part : shuffled(all, random)) {
            Whole whole = new Whole(part.subject(), part.second(), part.sensor());
            P before = wholes.get(whole);
            if (before != null && random.nextDouble() < probability) {
                before.merge(part);
            } else {
                wholes.put(whole, part);
                merged.add(part);
            }
        }
        merged.sort(Comparator.comparingLong(Part::second));
        return merged;
    }

    private static <V> V read(Codec<V> codec, byte[] bytes) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            V value = codec.read(in);
            assertThat(in.available())
                    .as("bytes of %s that nobody reads", codec)
                    .isZero();
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes of a value. */
    public static <V> byte[] bytes(Codec<V> codec, V value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            codec.write(value, new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
