package io.tripline.sensor.publish;

/** The destination cannot be used at the start; the message is for a person. */
public final class StartFailure extends Exception {
    private final boolean lasting;

    StartFailure(String message, boolean lasting) {
        super(message);
        this.lasting = lasting;
    }

    /** Whether waiting does not help: somebody has to put something right. */
    public boolean isLasting() {
        return lasting;
    }
}
