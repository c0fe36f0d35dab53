package io.tripline.rules.intel;

import java.io.Serializable;

/**
 * A list that entries come from.
 *
 * @param name as people call it
 * @param kind what it lists, such as {@code c2} or {@code scanner}
 */
public record IntelList(String name, String kind) implements Serializable {}
