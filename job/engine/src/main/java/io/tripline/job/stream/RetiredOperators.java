package io.tripline.job.stream;

import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Operators that the release before had and this one has not. Flink refuses a savepoint with state of an operator that
 * is not there, or ignores all such state, also that of an operator which is missing by mistake. So for one release an
 * empty one takes the place of each.
 */
final class RetiredOperators {
    /** Their uids. */
    static final List<String> UIDS = List.of();

    private RetiredOperators() {}

    /** Lets a stream pass through an operator for each uid, which does nothing. */
    static <T> DataStream<T> standIn(DataStream<T> stream, List<String> uids) {
        DataStream<T> through = stream;
        for (String uid : uids) {
            through = through.map(value -> value)
                    .returns(stream.getType())
                    .name("retired")
                    .uid(uid);
        }
        return through;
    }
}
