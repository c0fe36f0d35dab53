package io.tripline.rules.alert;

import org.jspecify.annotations.Nullable;

/**
 * Something that people are advised to do.
 *
 * @param title one line
 * @param command a shell command for it, safe to paste: nothing from outside stands in it but addresses in the notation of
 *     {@link io.tripline.schemas.Address#toString}
 */
public record Action(String title, @Nullable String command) {}
