package io.tripline.job.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a job was submitted with. It is kept with the job, among the parameters that Flink shows of it
 * ({@code user-config}), so that an update keeps what it is not told otherwise, and can go back.
 *
 * @param values options by their names without dashes, and {@link #SETTINGS} and {@link #OPERATORS}
 */
record Submission(SortedMap<String, String> values) {
    static final String CONFIG = "config";
    static final String BROKERS = "brokers";
    static final String TOPIC_PREFIX = "topic-prefix";
    static final String FROM = "from";
    static final String DELIVERY = "delivery";
    static final String CHECKPOINT_INTERVAL = "checkpoint-interval";
    static final String STATE_BACKEND = "state-backend";
    static final String CHECKPOINT_DIR = "checkpoint-dir";
    static final String PARALLELISM = "parallelism";
    /** Text of the settings file as it was. Secrets do not stand in it. */
    static final String SETTINGS = "settings";
    /** Ids of all operators, with blanks between. */
    static final String OPERATORS = "operators";

    private static final String PREFIX = "tripline.";
    private static final Set<String> NO_OPTIONS = Set.of(SETTINGS, OPERATORS);
    private static final int MOST_LINES = 40;

    /** Parameters of a job, of which those of others are left out. */
    static Submission of(Map<String, String> parameters) {
        SortedMap<String, String> values = new TreeMap<>();
        parameters.forEach((key, value) -> {
            if (key.startsWith(PREFIX)) {
                values.put(key.substring(PREFIX.length()), value);
            }
        });
        return new Submission(values);
    }

    Map<String, String> parameters() {
        Map<String, String> parameters = new TreeMap<>();
        values.forEach((key, value) -> parameters.put(PREFIX + key, value));
        return parameters;
    }

    @Nullable
    String get(String key) {
        return values.get(key);
    }

    /** Whether it tells with which settings the job was started. Jobs of an application cluster do not. */
    boolean tellsSettings() {
        return values.containsKey(OPERATORS);
    }

    /** With a value in place of what it says; null takes it away. */
    Submission with(String key, @Nullable String value) {
        SortedMap<String, String> changed = new TreeMap<>(values);
        if (value == null) {
            changed.remove(key);
        } else {
            changed.put(key, value);
        }
        return new Submission(changed);
    }

    /** What is different from an earlier one, a line each. */
    List<String> changesFrom(Submission earlier) {
        List<String> changes = new ArrayList<>();
        Set<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(earlier.values.keySet());
        keys.removeAll(NO_OPTIONS);
        for (String key : keys) {
            String old = earlier.values.getOrDefault(key, "not set");
            String now = values.getOrDefault(key, "not set");
            if (!old.equals(now)) {
                changes.add(key + ": " + old + " → " + now);
            }
        }
        changes.addAll(settingsChanges(
                earlier.values.getOrDefault(SETTINGS, "").lines().toList(),
                values.getOrDefault(SETTINGS, "").lines().toList()));
        return changes;
    }

    private static List<String> settingsChanges(List<String> earlier, List<String> now) {
        List<String> lines = new ArrayList<>();
        earlier.stream().filter(line -> !now.contains(line)).forEach(line -> lines.add("settings: - " + line));
        now.stream().filter(line -> !earlier.contains(line)).forEach(line -> lines.add("settings: + " + line));
        if (lines.size() > MOST_LINES) {
            int more = lines.size() - MOST_LINES;
            return List.of(lines.subList(0, MOST_LINES), List.of("settings: and " + more + " more lines")).stream()
                    .flatMap(List::stream)
                    .toList();
        }
        return lines.isEmpty() && !earlier.equals(now) ? List.of("settings: the same lines in another order") : lines;
    }

    /** The command that submits it, to be run as it stands. */
    String command(Path program, ClusterOptions cluster, @Nullable String savepoint) {
        List<String> words = new ArrayList<>(List.of(program.toString(), "job", "submit"));
        words.addAll(cluster.arguments());
        values.forEach((key, value) -> {
            if (!NO_OPTIONS.contains(key)) {
                words.addAll(List.of("--" + key, value));
            }
        });
        if (savepoint != null) {
            words.addAll(List.of("--savepoint", savepoint));
        }
        return String.join(" ", words.stream().map(Submission::quoted).toList());
    }

    private static String quoted(String word) {
        return word.matches("[\\w./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
