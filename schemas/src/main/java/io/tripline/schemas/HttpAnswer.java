package io.tripline.schemas;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What sensor and job answer to whoever asks for metrics or health. */
public final class HttpAnswer {
    private HttpAnswer() {}

    /**
     * Answers a GET of exactly this path, and ends the exchange; 404 for paths below it, 405 for other methods.
     *
     * @param path of the context that was asked
     * @param status such as 200 or 503
     * @param type of the text's content
     * @throws IOException when whoever asked is gone
     */
    public static void give(HttpExchange exchange, String path, int status, String type, String text)
            throws IOException {
        try (exchange) {
            boolean ours = exchange.getRequestURI().getPath().equals(path);
            if (!ours || !exchange.getRequestMethod().equals("GET")) {
                exchange.sendResponseHeaders(ours ? 405 : 404, -1);
                return;
            }
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        }
    }
}
