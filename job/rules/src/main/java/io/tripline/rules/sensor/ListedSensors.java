package io.tripline.rules.sensor;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which sensors there should be.
 *
 * @param byName what is set of each
 * @param only whether batches of any other name are refused
 */
public record ListedSensors(Map<String, Listed> byName, boolean only) implements Serializable {
    /** Nothing is expected, and whoever comes is welcome. */
    public static final ListedSensors NONE = new ListedSensors(Map.of(), false);

    /**
     * What is set of one sensor.
     *
     * @param segment the only segment that it may tell of; null where any
     * @param keyFile where the key lies with which it signs; null where it does not
     * @param retired whether it was taken away: it is known, and nobody waits for it
     */
    public record Listed(@Nullable String segment, @Nullable String keyFile, boolean retired) implements Serializable {}

    public ListedSensors {
        byName = new TreeMap<>(byName);
    }

    boolean isExpected(String sensor) {
        Listed listed = byName.get(sensor);
        return listed != null && !listed.retired();
    }

    boolean isRetired(String sensor) {
        Listed listed = byName.get(sensor);
        return listed != null && listed.retired();
    }
}
