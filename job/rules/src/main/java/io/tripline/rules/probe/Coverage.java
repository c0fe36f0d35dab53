package io.tripline.rules.probe;

/** By what an incident about one minute covers a contact of its actor. */
public enum Coverage {
    /** It is not covered. */
    NONE,
    /** Whatever is tried at this target belongs to the incident. */
    TARGET,
    /** Wherever this service is tried, it belongs to the incident. */
    SERVICE
}
