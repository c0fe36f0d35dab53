package io.tripline.job.stream;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;

/** Lets so many pass, and none after. */
final class Pausing implements RateLimiter<NumberSequenceSplit> {
    private long left;

    Pausing(long left) {
        this.left = left;
    }

    @Override
    public CompletionStage<Void> acquire(int number) {
        return left-- > 0 ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
    }
}
