package io.tripline.sensor.capture.live;

/** An interface cannot be captured on; the message is for a person. */
public final class CaptureFailure extends Exception {
    /** What would help. */
    public enum Kind {
        /** It may come (back): try again. */
        AWAY,
        /** There is no interface of that name now. */
        MISSING,
        /** The process may not. */
        FORBIDDEN,
        /** The filter, or another setting, is wrong. */
        WRONG
    }

    private final Kind kind;

    CaptureFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
