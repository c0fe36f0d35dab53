package io.tripline.job.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of topics.
 *
 * @param packets what sensors see
 * @param alerts alert documents, key {@code event.id}
 * @param suppressed alerts that the settings allow; empty where nobody wants them
 * @param late what came after its second was judged
 * @param rejected what could not be used at all
 * @param schemas what sensors of other versions write, by fingerprint
 */
public record Topics(String packets, String alerts, String suppressed, String late, String rejected, String schemas)
        implements Serializable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    public static final Topics DEFAULT = of("tripline");

    public Topics {
        Stream.of(packets, alerts, late, rejected, schemas).forEach(Topics::check);
        if (!suppressed.isEmpty()) {
            check(suppressed);
        }
        List<String> names = Stream.of(packets, alerts, suppressed, late, rejected, schemas)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("two topics have the same name; give each its own");
        }
    }

    /** The usual names with a prefix. */
    public static Topics of(String prefix) {
        return new Topics(
                prefix + ".packets",
                prefix + ".alerts",
                "",
                prefix + ".late",
                prefix + ".rejected",
                prefix + ".schemas");
    }

    private static void check(String name) {
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a valid topic name; use letters, digits, '.', '_' and '-'");
        }
    }
}
