package io.tripline.job.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.job.elastic.Verdict.Blame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads what the server says about each document of a bulk request. */
final class BulkAnswer {
    private BulkAnswer() {}

    /** Whether the server took the request apart, so that there is a verdict for each document. */
    static boolean isTakenApart(Answer answer) {
        return answer.status() >= 200 && answer.status() < 300;
    }

    /**
     * Whether the request as a whole was refused for what is in it, so that smaller ones find the document that is to
     * blame.
     */
    static boolean isRefusedForContent(Answer answer) {
        return answer.status() == 400 || answer.status() == 413;
    }

    /** What becomes of every document of a request that was not taken apart. */
    static Verdict whole(Answer answer) {
        int status = answer.status();
        if (isRefusedForContent(answer)) {
            return new Verdict.Rejected(answer.reason());
        }
        boolean busy = status == Answer.NONE || status == 408 || status == 429 || status >= 500;
        return new Verdict.Again(status, busy ? answer.reason() : told(status, answer.reason()), Blame.SERVER);
    }

    /** Says what somebody has to do about a refusal. */
    static String told(int status, String reason) {
        return switch (status) {
            case 401 ->
                "authentication failed (" + reason
                        + "): check elasticsearch.api-key-file, or username and password-file, whose files are read again each time";
            case 403 ->
                "not authorised to write (" + reason
                        + "): give the user or API key the index privileges create_index, index and read";
            case 429, 503 -> reason;
            default -> "Elasticsearch is unreachable at elasticsearch.hosts (" + reason + "): check the address";
        };
    }

    /**
     * A verdict for each document, in their order.
     *
     * @param documents how many were sent
     * @param conflict verdict where what is there forbids it
     */
    static List<Verdict> each(Answer answer, int documents, Verdict conflict) {
        JsonNode items = answer.json().path("items");
        if (items.size() != documents) {
            Verdict cut = new Verdict.Again(Answer.NONE, "unreadable response", Blame.DOCUMENT);
            return new ArrayList<>(Collections.nCopies(documents, cut));
        }
        List<Verdict> verdicts = new ArrayList<>(documents);
        for (JsonNode item : items) {
            JsonNode result = item.path(item.has("create") ? "create" : "index");
            int status = result.path("status").asInt();
            verdicts.add(status == 409 ? conflict : one(status, result.path("error")));
        }
        return verdicts;
    }

    private static Verdict one(int status, JsonNode error) {
        String type = error.path("type").asText();
        String reason = "status " + status + ", " + Answer.told(error);
        return switch (status) {
            case 200, 201 -> new Verdict.Stored();
            case 429, 502, 503, 504 -> new Verdict.Again(status, reason, Blame.SERVER);
            case 401 -> new Verdict.Again(status, told(status, reason), Blame.SERVER);
            case 403 ->
                // A full disk makes indices read-only, and so can somebody; missing privileges are about us.
                type.equals("security_exception")
                        ? new Verdict.Again(status, told(status, reason), Blame.SERVER)
                        : new Verdict.Again(
                                status,
                                "an index is blocked for writes (" + reason
                                        + "): is the disk full, or the index made read-only?",
                                Blame.INDEX);
            case 404 ->
                new Verdict.Again(
                        status,
                        "not authorised to create an index (" + reason
                                + "): allow it with action.auto_create_index for tripline-*, or run `tripline job setup`",
                        Blame.INDEX);
            case 400 ->
                // The cluster has as many shards as it may: making room helps.
                type.equals("validation_exception")
                        ? new Verdict.Again(status, reason, Blame.SERVER)
                        : new Verdict.Rejected(reason);
            default -> status >= 500 ? new Verdict.Again(status, reason, Blame.DOCUMENT) : new Verdict.Rejected(reason);
        };
    }
}
