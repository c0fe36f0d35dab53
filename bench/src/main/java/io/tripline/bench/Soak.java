package io.tripline.bench;

import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.ActorRules;
import io.tripline.rules.probe.slowscan.FailureLimits;
import io.tripline.rules.probe.slowscan.FailureRooms;
import io.tripline.rules.probe.slowscan.SlowScan;
import java.util.Locale;

/**
 * Two hours of event time, or less, under {@link SpoofedSpray}, through all folds and rules, without an engine: how
 * much state there is, and whether the slow scan in it is found.
 */
final class Soak {
    static final int SECONDS = 7_200;

    private static final long FIRST = 1_767_225_600;
    private static final int PROBES = 132;
    private static final int DISORDER_SECONDS = 2;
    private static final int WEIGHINGS = 12;

    private final FailureRooms rooms;
    private final EveryRule rules;
    private final SpoofedSpray spray;
    private final int seconds;
    private final boolean weigh;
    private boolean found;
    private int most;
    private long heaviest;

    /**
     * What a soak showed.
     *
     * @param actors most actors of whom something was remembered at a time
     * @param bytes most heap that all state took at a time; 0 unless it was weighed
     * @param found whether the slow scan was found
     * @param kept failures remembered in the end
     * @param notKept failures for which there was no room
     */
    record Figures(int actors, long bytes, boolean found, long kept, long notKept) {}

    private Soak(SpoofedSpray spray, int seconds, FailureLimits limits, boolean weigh) {
        this.seconds = seconds;
        this.spray = spray;
        this.weigh = weigh;
        rooms = FailureRooms.single(limits);
        rules = new EveryRule(rooms, this::note);
    }

    private void note(Finding finding) {
        found |= finding.rule().equals(SlowScan.RULE) && finding.actor().equals(SpoofedSpray.SCANNER);
    }

    /**
     * Plays so many seconds, of which the scanner sleeps a twelfth.
     *
     * @param rate new sources a second
     * @param weigh whether to weigh the heap now and then
     */
    static Figures play(SpoofedSpray.Tap tap, int rate, int seconds, FailureLimits limits, boolean weigh) {
        int asleep = seconds / 12;
        SpoofedSpray spray = new SpoofedSpray(tap, rate, FIRST + asleep, Math.max(1, (seconds - asleep) / PROBES));
        return new Soak(spray, seconds, limits, weigh).play();
    }

    private Figures play() {
        LocalHost<?, ?, ?> actors = rules.of(ActorRules.UID);
        long empty = weigh ? EveryRule.used() : 0;
        for (long second = FIRST; second < FIRST + seconds; second++) {
            rules.add(spray.second(second));
            rules.advance(second - DISORDER_SECONDS);
            most = Math.max(most, actors.size());
            if (weigh && (second - FIRST + 1) % (seconds / WEIGHINGS) == 0) {
                heaviest = Math.max(heaviest, EveryRule.used() - empty);
            }
        }
        return new Figures(most, heaviest, found, rooms.kept(), rooms.notKept());
    }

    /**
     * Prints a line for each kind of tap.
     *
     * @param arguments new sources a second, 4,096 where it is not said; seconds, two hours where it is not said
     */
    public static void main(String[] arguments) {
        int rate = arguments.length == 0 ? 4_096 : Integer.parseInt(arguments[0]);
        int seconds = arguments.length < 2 ? SECONDS : Integer.parseInt(arguments[1]);
        System.out.printf(
                Locale.ROOT,
                "%-44s %10s %14s %10s %12s  %s%n",
                "spray of " + rate + " a second for " + seconds + " s",
                "actors",
                "bytes",
                "failures",
                "not kept",
                "slow scan");
        for (boolean seesAnswers : new boolean[] {true, false}) {
            for (boolean answered : new boolean[] {true, false}) {
                SpoofedSpray.Tap tap = new SpoofedSpray.Tap(answered, seesAnswers);
                Figures figures = play(tap, rate, seconds, FailureLimits.DEFAULT, true);
                System.out.printf(
                        Locale.ROOT,
                        "%-44s %,10d %,14d %,10d %,12d  %s%n",
                        tap,
                        figures.actors(),
                        figures.bytes(),
                        figures.kept(),
                        figures.notKept(),
                        figures.found() ? "found" : "NOT FOUND");
            }
        }
    }
}
