package io.tripline.rules.incident;

/**
 * A test that a rule makes. Constants of an enum implement it, one enum for each rule: the constant's name is the test's identity, for ever, since
 * stored state knows it by that; the phrase is what people and documents see, and may be improved.
 */
public interface TestId {
    /** The identity, unique among the tests of a rule. */
    String name();

    /** What is counted, with its unit; {@code %s} stands for what the test is made about. */
    String phrase();

    /** Points that passing it adds, for a rule that weighs signals; below zero takes some, 0 is no such test. */
    default int points() {
        return 0;
    }

    /** The phrase about something, such as a service or a number of seconds; empty where the phrase has no place for it. */
    default String text(String about) {
        String text = phrase().replace("%s", about);
        return points() == 0 ? text : text + " (" + (points() < 0 ? "" : "+") + points() + " points)";
    }
}
