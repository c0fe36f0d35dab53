package io.tripline.sensor.capture;

/** What is wrong with the time of a packet that a capture file holds. */
public enum Disorder {
    /** The capture's clock was set back before this packet; it and what follows have a time line of their own. */
    SET_BACK,

    /** It is older than packets given before by more than is sorted, and takes the time of the packets around it. */
    LATE,

    /** It is far ahead of the packets before and behind it, and takes their time. */
    AHEAD
}
