package io.tripline.job.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Reads what the server says about each document of a bulk request. */
final class BulkAnswer {
    private BulkAnswer() {}

    /** Whether the server took the request apart, so that there is a verdict for each document. */
    static boolean isTakenApart(Answer answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    /** Whether the request as a whole was refused for what is in it, so that smaller ones find the document that is to blame. */
    static boolean isRefusedForContent(Answer answer) {
        return answer.status() == 400 || answer.status() == 413;
    }

    /** What becomes of every document of a request that was not taken apart. */
    static Verdict whole(Answer answer) {
        int status = answer.status();
        if (status == Answer.NONE || status == 408 || status == 429 || status >= 500) {
            return new Verdict.Again(answer.reason(), false);
        }
        if (isRefusedForContent(answer)) {
            return new Verdict.Rejected(answer.reason());
        }
        return new Verdict.Hopeless(
                switch (status) {
                    case 401 ->
                        "Elasticsearch does not know us (" + answer.reason()
                                + "): check elasticsearch.api-key-file, or username and password-file";
                    case 403 ->
                        "Elasticsearch does not let us write (" + answer.reason()
                                + "): give the user or API key the index privileges create_index and write";
                    default ->
                        "no Elasticsearch answers at elasticsearch.hosts (" + answer.reason()
                                + " to a bulk request): check the address";
                });
    }

    /**
     * A verdict for each document, in their order.
     *
     * @param documents how many were sent
     */
    static List<Verdict> each(Answer answer, int documents) {
        JsonNode items = answer.json().path("items");
        if (items.size() != documents) {
            Verdict cut = new Verdict.Again("an answer that cannot be read", true);
            return new ArrayList<>(java.util.Collections.nCopies(documents, cut));
        }
        List<Verdict> verdicts = new ArrayList<>(documents);
        for (JsonNode item : items) {
            JsonNode result = item.path("index");
            verdicts.add(one(result.path("status").asInt(), result.path("error")));
        }
        return verdicts;
    }

    private static Verdict one(int status, JsonNode error) {
        String type = error.path("type").asText();
        String reason = "status " + status + ", " + Answer.told(error);
        return switch (status) {
            case 200, 201 -> new Verdict.Stored();
            case 409 -> new Verdict.Superseded();
            case 429, 502, 503, 504 -> new Verdict.Again(reason, false);
            case 401 -> new Verdict.Hopeless("Elasticsearch does not know us (" + reason + ")");
            case 403 ->
                // An index that somebody made read-only is about that index, missing privileges are about us.
                type.equals("security_exception")
                        ? new Verdict.Hopeless("Elasticsearch does not let us write (" + reason
                                + "): give the user or API key the index privileges create_index and write")
                        : new Verdict.Rejected(reason);
            case 404 ->
                new Verdict.Hopeless("Elasticsearch may not make an index (" + reason
                        + "): allow it with action.auto_create_index for tripline-*");
            case 400 ->
                // The cluster has as many shards as it may: making room helps.
                type.equals("validation_exception") ? new Verdict.Again(reason, false) : new Verdict.Rejected(reason);
            default -> status >= 500 ? new Verdict.Again(reason, true) : new Verdict.Rejected(reason);
        };
    }
}
