package io.tripline.rules.engine;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Thresholds that make no sense: each that does not, which value it has and which it may have. */
public final class ThresholdException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient List<Violation> violations;

    /**
     * One threshold outside its bounds.
     *
     * @param component of the record of settings
     * @param value what it is, as it would be written in settings
     * @param must what it must be, such as {@code 1 to 100}
     * @param other the component that gives the bound; null where it is fixed
     */
    public record Violation(
            String component,
            String value,
            String must,
            @Nullable String other) {
        @Override
        public String toString() {
            return component + ": " + value + ", must be " + must;
        }
    }

    public ThresholdException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** All of them, in the order of the checks. */
    public List<Violation> violations() {
        return violations;
    }
}
