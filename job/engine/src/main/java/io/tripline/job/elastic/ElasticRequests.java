package io.tripline.job.elastic;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks Elasticsearch. Answers of every status are values, and so is no answer; a failure is an
 * {@link ElasticException}, which says in one line what somebody has to change.
 */
interface ElasticRequests {
    /** Sends documents to write, two lines each or one for their removal. */
    CompletableFuture<Answer> bulk(String body);

    /**
     * Reads documents as they are now, refreshed or not.
     *
     * @param body of a request to read many
     * @param without names of fields to leave out of them, separated by commas
     */
    CompletableFuture<Answer> read(String body, String without);

    /** Sends a request with a JSON body, or without. */
    CompletableFuture<Answer> send(String method, String path, @Nullable String body);
}
