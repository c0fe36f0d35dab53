package io.tripline.sensor.program;

/** Exit statuses of the program, as those of {@code tripline analyze}; the upper ones are those of sysexits.h. */
final class ExitStatus {
    static final int DONE = 0;
    static final int USAGE = 64;
    /** Part of the input could not be used; the rest was published. */
    static final int INPUT = 65;

    static final int INTERNAL = 70;
    static final int INPUT_OUTPUT = 74;

    private ExitStatus() {}
}
