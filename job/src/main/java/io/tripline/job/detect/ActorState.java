package io.tripline.job.detect;

import io.tripline.job.activity.Activity;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that is remembered of one actor: seconds that are not complete yet, the window, and what each detector keeps. */
public final class ActorState {
    /** No second. */
    public static final long NEVER = Long.MAX_VALUE;

    final SortedMap<Long, Activity> pending = new TreeMap<>();

    /** What each detector keeps, by rule. */
    final Map<String, Object> kept = new HashMap<>();

    ActorHistory history = new ActorHistory();
    long wakeUp = NEVER;

    /** Takes in part of a second that is not complete. Parts may come in any order. */
    public void add(Activity activity) {
        Activity known = pending.get(activity.second());
        if (known == null) {
            pending.put(activity.second(), activity);
        } else {
            known.merge(activity);
        }
    }

    /** The next second that the rules must look at; {@link #NEVER} when there is none. */
    public long next() {
        return pending.isEmpty() ? wakeUp : Math.min(wakeUp, pending.firstKey());
    }
}
