package io.tripline.analyze.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tripline.schemas.alert.AlertDocument;
import io.tripline.schemas.alert.AlertJson;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * {@code report.json} in memory. What may be long is cut while it is read, whatever its size: the riskiest alerts and
 * the first events of each indicator stay. Counts of all of them stand elsewhere in the document.
 *
 * @param root the document with what stayed
 * @param sha256 of the file, all of it
 */
public record ReportFile(JsonNode root, String sha256) {
    /** Alerts that stay. */
    static final int ALERTS = 550;

    /** Events of each indicator that stay. */
    static final int EVENTS = 200;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The riskiest first; of the same risk the earliest, so that the order is always the same. */
    private static final Comparator<Alert> BY_RISK = Comparator.<Alert>comparingLong(alert -> alert.event.severity())
            .thenComparingLong(alert -> alert.event.riskScore())
            .reversed()
            .thenComparing(alert -> alert.event.start())
            .thenComparing(alert -> alert.event.id());

    /** A document, with what it is sorted by. */
    private record Alert(JsonNode document, AlertDocument.Event event) {
        Alert(JsonNode document) {
            this(document, AlertJson.read(document).event());
        }
    }

    /**
     * Reads a file.
     *
     * @throws com.fasterxml.jackson.core.JsonProcessingException if it is not valid JSON object
     */
    public static ReportFile read(Path file) throws IOException {
        try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), Sha256.digest())) {
            // Jackson stops behind the last brace, and the digest is that of the whole file.
            JsonNode root = root(new BufferedInputStream(in));
            in.transferTo(OutputStream.nullOutputStream());
            return new ReportFile(root, Sha256.text(in.getMessageDigest()));
        }
    }

    private static JsonNode root(InputStream in) throws IOException {
        JsonParser json = JSON.getFactory().createParser(in).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new com.fasterxml.jackson.core.JsonParseException(json, "not a JSON object");
        }
        ObjectNode root = JSON.createObjectNode();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            boolean list = json.nextToken() == JsonToken.START_ARRAY;
            if (list && name.equals("alerts")) {
                root.set(name, alerts(json));
            } else if (list && name.equals("events")) {
                root.set(name, events(json));
            } else {
                root.set(name, JSON.readTree(json));
            }
        }
        return root;
    }

    private static ArrayNode alerts(JsonParser json) throws IOException {
        PriorityQueue<Alert> riskiest = new PriorityQueue<>(BY_RISK.reversed());
        while (json.nextToken() != JsonToken.END_ARRAY) {
            riskiest.add(new Alert(JSON.readTree(json)));
            if (riskiest.size() > ALERTS) {
                riskiest.remove();
            }
        }
        List<JsonNode> sorted =
                riskiest.stream().sorted(BY_RISK).map(Alert::document).toList();
        return JSON.createArrayNode().addAll(sorted);
    }

    private static ArrayNode events(JsonParser json) throws IOException {
        Map<String, Integer> counts = new HashMap<>();
        ArrayNode first = JSON.createArrayNode();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            JsonNode event = JSON.readTree(json);
            if (counts.merge(event.path("indicator").asText(), 1, Integer::sum) <= EVENTS) {
                first.add(event);
            }
        }
        return first;
    }
}
