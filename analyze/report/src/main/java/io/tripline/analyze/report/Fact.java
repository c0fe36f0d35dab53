package io.tripline.analyze.report;

/** A name and what it is; both are plain text. */
public record Fact(String name, String value) {}
