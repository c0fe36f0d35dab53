package io.tripline.analyze;

/** Exit statuses of the program; the upper ones are those of sysexits.h. */
final class ExitStatus {
    static final int DONE = 0;
    /** Done, and an alert of at least the severity asked for was raised. */
    static final int ALERTED = 2;

    static final int USAGE = 64;
    /** Part of the input could not be used; the rest was analysed. */
    static final int INPUT = 65;

    static final int INTERNAL = 70;
    static final int INPUT_OUTPUT = 74;

    private ExitStatus() {}
}
