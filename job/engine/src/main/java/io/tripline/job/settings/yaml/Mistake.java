package io.tripline.job.settings.yaml;

/**
 * Something wrong in a settings file, or in a file that it names.
 *
 * @param line from 1; 0 where it is about the file as a whole
 * @param key path of keys; empty where there is none
 * @param what what is wrong, and what would be right
 */
public record Mistake(String file, int line, String key, String what) {
    /** One line: {@code file:line: key: what}. */
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (key.isEmpty() ? "" : key + ": ") + what;
    }
}
