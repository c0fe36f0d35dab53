package io.tripline.sensor.program;

import io.tripline.shell.UserError;
import java.util.List;
import java.util.Map;

/**
 * A setting as somebody gave it.
 *
 * @param origin where: {@code --option} or {@code file:line: key}, for messages
 * @param values one or more; empty where it is a group
 * @param entries key and value each; empty where it is no group
 */
record Given(String origin, List<String> values, Map<String, String> entries) {
    Given {
        values = List.copyOf(values);
        entries = Map.copyOf(entries);
    }

    static Given of(String origin, List<String> values) {
        return new Given(origin, values, Map.of());
    }

    /** What is said where it cannot work. */
    UserError wrong(String what) {
        return UserError.usage(origin + ": " + what);
    }
}
