package io.tripline.stack;

/** Exit statuses of the programs; the upper ones are those of sysexits.h, as everywhere in Tripline. */
final class ExitStatus {
    static final int DONE = 0;
    /** Something is down or missing. */
    static final int MISSING = 1;

    static final int USAGE = 64;
    static final int UNAVAILABLE = 69;
    static final int INTERNAL = 70;
    static final int INPUT_OUTPUT = 74;

    private ExitStatus() {}
}
