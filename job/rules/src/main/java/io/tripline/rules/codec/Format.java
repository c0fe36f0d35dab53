package io.tripline.rules.codec;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a type in stored state. Versions of all types are drawn from one sequence, the numbers of the state formats of releases: a type
 * has the number of the format in which its bytes, or those of a type within it, changed last. So a reader within another needs to know no more
 * than the version of the whole.
 *
 * @param id the type's name in stored state, for ever; not a class's name, which may change
 * @param version the version that is written, 1 to 255
 * @param oldest the oldest version that is read: that of the release before
 */
public record Format(String id, int version, int oldest) {
    private static final int MOST = 255;

    /** Checks the numbers. */
    public Format {
        if (oldest < 1 || oldest > version || version > MOST) {
            throw new IllegalArgumentException(id + ": versions " + oldest + " to " + version);
        }
    }

    /** A format that has one version so far. */
    public static Format of(String id, int version) {
        return new Format(id, version, version);
    }

    /** Why bytes of a version cannot be read, for people; null where they can. */
    public @Nullable String refusal(int stored) {
        if (stored >= oldest && stored <= version) {
            return null;
        }
        return "stored state holds " + id + " in version " + stored + "; this program reads "
                + (oldest == version ? "" : oldest + " to ") + version + ": it was written by "
                + (stored > version ? "a newer program" : "a program that is too old");
    }
}
