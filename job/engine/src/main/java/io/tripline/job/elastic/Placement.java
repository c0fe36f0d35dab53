package io.tripline.job.elastic;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** How documents get their place in an index, an older one never that of a newer one. */
interface Placement {
    /**
     * What became of a request.
     *
     * @param refusal the answer to the request as a whole; null where there is a verdict for each document
     * @param verdicts in the order of the documents
     */
    record Outcome(@Nullable Answer refusal, List<Verdict> verdicts) {
        static Outcome refused(Answer refusal) {
            return new Outcome(refusal, List.of());
        }

        static Outcome each(List<Verdict> verdicts) {
            return new Outcome(null, verdicts);
        }
    }

    /** Sends documents; what became of them comes on a thread of the connection. */
    CompletableFuture<Outcome> place(List<ElasticDocument> documents, ElasticRequests requests);
}
