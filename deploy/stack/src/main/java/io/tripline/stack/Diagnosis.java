package io.tripline.stack;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * One thing that Tripline needs, or needs for some of its commands.
 *
 * @param found what was found, in a few words
 * @param remedy how to get what is missing; null where nothing is
 */
record Diagnosis(String what, String found, @Nullable String remedy) {
    static Diagnosis well(String what, String found) {
        return new Diagnosis(what, found, null);
    }

    static Diagnosis missing(String what, String found, String remedy) {
        return new Diagnosis(what, found, remedy);
    }

    boolean isWell() {
        return remedy == null;
    }

    void print(PrintWriter out) {
        out.printf("%-8s %-15s %s%n", isWell() ? "ok" : "missing", what, found);
        if (remedy != null) {
            out.printf("%-8s %-15s -> %s%n", "", "", remedy);
        }
    }

    void write(ObjectNode node) {
        node.put("what", what).put("ok", isWell()).put("found", found);
        if (remedy != null) {
            node.put("remedy", remedy);
        }
    }
}
