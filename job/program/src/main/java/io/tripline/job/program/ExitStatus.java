package io.tripline.job.program;

/** Exit statuses of the program, those of sysexits.h. */
final class ExitStatus {
    static final int DONE = 0;
    static final int USAGE = 64;
    /** A server that is needed cannot be reached or does not do what it is asked. */
    static final int UNAVAILABLE = 69;

    static final int INTERNAL = 70;
    static final int INPUT_OUTPUT = 74;

    private ExitStatus() {}
}
