package io.tripline.job.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tripline.schemas.SafeText;
import java.io.IOException;

/**
 * What came back for a request.
 *
 * @param status of HTTP; {@link #NONE} where no answer came
 * @param body as it came; where no answer came, why
 */
record Answer(int status, String body) {
    static final int NONE = 0;
    private static final int LONGEST = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** No answer came. */
    static Answer none(String reason) {
        return new Answer(NONE, reason);
    }

    /** The body as JSON; missing where it is none. */
    JsonNode json() {
        try {
            JsonNode read = JSON.readTree(body);
            return read == null ? MissingNode.getInstance() : read;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    /** One line that says what is wrong. */
    String reason() {
        if (status == NONE) {
            return SafeText.of(body, LONGEST);
        }
        JsonNode error = json().path("error");
        String told = error.isTextual() ? error.asText() : told(error);
        return "status " + status + (told.isEmpty() ? "" : ", " + told);
    }

    /**
     * Type and reason of an error as Elasticsearch writes them, with the innermost cause; empty where there are none.
     */
    static String told(JsonNode error) {
        String text = error.path("type").asText();
        String reason = error.path("reason").asText();
        String cause = error.path("caused_by").path("reason").asText();
        if (!reason.isEmpty()) {
            text += ": " + reason;
        }
        if (!cause.isEmpty()) {
            text += " (" + cause + ")";
        }
        return text.isEmpty() ? "" : SafeText.of(text, LONGEST);
    }
}
