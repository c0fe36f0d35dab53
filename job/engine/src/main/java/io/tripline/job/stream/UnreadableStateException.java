package io.tripline.job.stream;

import io.tripline.rules.codec.Format;
import java.io.IOException;
import org.apache.flink.runtime.throwable.ThrowableAnnotation;
import org.apache.flink.runtime.throwable.ThrowableType;

/**
 * Stored state that this program cannot read. No restart mends that, so the job fails at once instead of trying again.
 */
@ThrowableAnnotation(ThrowableType.NonRecoverableError)
public final class UnreadableStateException extends IOException {
    private static final long serialVersionUID = 1;

    public UnreadableStateException(String message) {
        super(message);
    }

    /** Throws where bytes of a version cannot be read. */
    static void check(Format format, int stored) throws UnreadableStateException {
        String refusal = format.refusal(stored);
        if (refusal != null) {
            throw new UnreadableStateException(refusal);
        }
    }
}
