package io.tripline.shell;

/** Exit statuses of all programs; the upper ones are those of sysexits.h. */
public final class ExitStatus {
    public static final int DONE = 0;
    /** Something is down or missing. */
    public static final int MISSING = 1;
    /** Done, and an alert of at least the severity asked for was raised. */
    public static final int ALERTED = 2;

    public static final int USAGE = 64;
    /** Part of the input could not be used; the rest was. */
    public static final int INPUT = 65;
    /** A server that is needed cannot be reached or started, or does not do what it is asked. */
    public static final int UNAVAILABLE = 69;

    public static final int INTERNAL = 70;
    public static final int INPUT_OUTPUT = 74;

    private ExitStatus() {}
}
