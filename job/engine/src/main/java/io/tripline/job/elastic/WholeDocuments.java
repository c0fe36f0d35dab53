package io.tripline.job.elastic;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts each document in place of the one before as a whole: the server compares versions. */
final class WholeDocuments implements Placement {
    @Override
    public CompletableFuture<Outcome> place(List<ElasticDocument> documents, ElasticRequests requests) {
        StringBuilder body = new StringBuilder();
        documents.forEach(document -> document.appendWhole(body));
        return requests.bulk(body.toString())
                .thenApply(answer -> BulkAnswer.isTakenApart(answer)
                        ? Outcome.each(BulkAnswer.each(answer, documents.size(), new Verdict.Superseded()))
                        : Outcome.refused(answer));
    }
}
