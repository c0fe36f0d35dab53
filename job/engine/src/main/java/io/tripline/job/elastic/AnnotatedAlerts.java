package io.tripline.job.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.job.elastic.Verdict.Blame;
import io.tripline.schemas.alert.AlertJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Replaces what Tripline says in a document and keeps what others wrote into it: every field whose first name is none
 * of {@link #OURS}. Reads what is there, puts ours and theirs together and writes that only if nobody changed it
 * meanwhile ({@code if_seq_no}). A script in the server could do the same in one request less, but scripts can be
 * switched off, and are not in every server.
 */
final class AnnotatedAlerts implements Placement {
    /** Fields at the top that are Tripline's: those of its schema. */
    static final Set<String> OURS = Set.of(
            "@timestamp",
            "event",
            "message",
            "rule",
            "threat",
            "source",
            "destination",
            "related",
            "network",
            "observer",
            "tripline");

    /** Ours but for what tells a version. */
    private static final String NEEDLESS =
            "message,rule,threat,source,destination,related,network,observer,tripline,event.reason";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public CompletableFuture<Outcome> place(List<ElasticDocument> documents, ElasticRequests requests) {
        ObjectNode wanted = JSON.createObjectNode();
        ArrayNode list = wanted.putArray("docs");
        documents.forEach(
                document -> list.addObject().put("_index", document.index()).put("_id", document.id()));
        return requests.read(wanted.toString(), NEEDLESS).thenCompose(answer -> {
            JsonNode there = answer.json().path("docs");
            if (!BulkAnswer.isTakenApart(answer)) {
                return CompletableFuture.completedFuture(Outcome.refused(answer));
            }
            if (there.size() != documents.size()) {
                return CompletableFuture.completedFuture(Outcome.refused(Answer.none("unreadable response")));
            }
            return write(documents, there, requests);
        });
    }

    private static CompletableFuture<Outcome> write(
            List<ElasticDocument> documents, JsonNode there, ElasticRequests requests) {
        List<@Nullable Verdict> verdicts = new ArrayList<>(documents.size());
        StringBuilder body = new StringBuilder();
        int written = 0;
        for (int i = 0; i < documents.size(); i++) {
            Verdict known = append(documents.get(i), there.path(i), body);
            verdicts.add(known);
            written += known == null ? 1 : 0;
        }
        if (written == 0) {
            return CompletableFuture.completedFuture(together(verdicts, List.of()));
        }
        int asked = written;
        return requests.bulk(body.toString())
                .thenApply(answer -> BulkAnswer.isTakenApart(answer)
                        ? together(verdicts, BulkAnswer.each(answer, asked, new Verdict.Changed()))
                        : Outcome.refused(answer));
    }

    /** Adds a document to what is written; what became of it where it need not be. */
    private static @Nullable Verdict append(ElasticDocument document, JsonNode there, StringBuilder body) {
        JsonNode error = there.path("error");
        if (!error.isMissingNode()) {
            String type = error.path("type").asText();
            if (type.equals("index_not_found_exception") || type.equals("index_closed_exception")) {
                document.appendNew(body); // makes the index, or is told what is wrong with it
                return null;
            }
            int status = type.equals("security_exception") ? 403 : 503;
            return new Verdict.Again(
                    status, BulkAnswer.told(status, Answer.told(error)), status == 403 ? Blame.SERVER : Blame.INDEX);
        }
        if (!there.path("found").asBoolean()) {
            document.appendNew(body);
            return null;
        }
        JsonNode source = there.path("_source");
        if (AlertVersion.of(AlertJson.read(source)) > document.version()) {
            return new Verdict.Superseded();
        }
        document.appendInPlaceOf(
                there.path("_seq_no").asLong(), there.path("_primary_term").asLong(), theirs(source), body);
        return null;
    }

    /** What others wrote, as members of an object. */
    private static String theirs(JsonNode source) {
        StringBuilder members = new StringBuilder();
        for (Map.Entry<String, JsonNode> field : source.properties()) {
            String name = field.getKey();
            int dot = name.indexOf('.');
            if (!OURS.contains(dot < 0 ? name : name.substring(0, dot))) {
                members.append(',')
                        .append(JSON.getNodeFactory().textNode(name))
                        .append(':')
                        .append(field.getValue());
            }
        }
        return members.toString();
    }

    private static Outcome together(List<@Nullable Verdict> known, List<Verdict> told) {
        List<Verdict> all = new ArrayList<>(known.size());
        int next = 0;
        for (Verdict verdict : known) {
            all.add(verdict == null ? told.get(next++) : verdict);
        }
        return Outcome.each(all);
    }
}
