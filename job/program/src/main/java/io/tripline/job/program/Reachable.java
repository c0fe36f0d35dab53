package io.tripline.job.program;

import io.tripline.job.kafka.TopicSetup;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.util.function.Supplier;

/** Turns what servers answer into errors for users. */
final class Reachable {
    private Reachable() {}

    static <T> T kafka(Supplier<T> asked) {
        try {
            return asked.get();
        } catch (TopicSetup.Unavailable e) {
            throw new UserError(ExitStatus.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }
}
