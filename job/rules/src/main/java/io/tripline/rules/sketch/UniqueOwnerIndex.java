package io.tripline.rules.sketch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Of each key, whether it belongs to one owner only or to several, and to which one. Answers "does anybody else have it?" for many keys after
 * one pass.
 */
public final class UniqueOwnerIndex<K, V> {
    private final Map<K, V> first = new HashMap<>();
    private final Set<K> shared = new HashSet<>();

    public void add(K key, V owner) {
        V known = first.putIfAbsent(key, owner);
        if (known != null && !known.equals(owner)) {
            shared.add(key);
        }
    }

    /** How many keys there are. */
    public int size() {
        return first.size();
    }

    /** Whether the key belongs to somebody besides the one given. */
    public boolean hasOther(K key, V owner) {
        V known = first.get(key);
        return known != null && (!known.equals(owner) || shared.contains(key));
    }
}
