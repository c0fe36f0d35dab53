package io.tripline.sensor.capture;

/**
 * What was wrong with the times in captures so far.
 *
 * @param reordered packets that were older than one before them and were put in their place
 * @param furthest how much older at most, nanoseconds
 * @param late packets too old for that, by more than the second that is allowed; they took the time of the packets
 *     around them
 * @param ahead packets far ahead of those around them, whose time they took
 * @param setBacks how often the clock was set back
 * @param furthestSetBack by how much at most, nanoseconds
 */
public record TimeFaults(long reordered, long furthest, long late, long ahead, long setBacks, long furthestSetBack) {
    /** Nothing was wrong. */
    public static final TimeFaults NONE = new TimeFaults(0, 0, 0, 0, 0, 0);
}
