package io.tripline.stack;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where Tripline lies: the folder with {@code tripline} and {@code mvnw}. */
final class Installation {
    private Installation() {}

    static Path root() {
        for (Path at = code(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("mvnw")) && Files.isRegularFile(at.resolve("tripline"))) {
                return at;
            }
        }
        throw new StackError("found no folder with 'mvnw' and 'tripline' above " + code());
    }

    /** The jar or folder that this program's classes come from. */
    static Path code() {
        try {
            return Path.of(Installation.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
