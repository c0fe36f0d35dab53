package io.tripline.analyze;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An endpoint with OpenAI's interface, on this machine, that answers as a test wants it to. */
final class ModelEndpoint implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final Answer answer;

    private interface Answer {
        void send(HttpExchange exchange, CountDownLatch closing) throws IOException, InterruptedException;
    }

    private ModelEndpoint(Answer answer) throws IOException {
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::handle);
        server.start();
    }

    /** One whose model says this. */
    static ModelEndpoint saying(String text) throws IOException {
        return answering(
                200,
                JSON.writeValueAsString(Map.of(
                        "id",
                        "1",
                        "model",
                        "played",
                        "choices",
                        List.of(Map.of(
                                "index",
                                0,
                                "finish_reason",
                                "stop",
                                "message",
                                Map.of("role", "assistant", "content", text))))));
    }

    static ModelEndpoint answering(int status, String body) throws IOException {
        return new ModelEndpoint((exchange, closing) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    /** One that sends blanks as long as anybody reads them. */
    static ModelEndpoint endless() throws IOException {
        return new ModelEndpoint((exchange, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = " ".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            while (closing.getCount() > 0) {
                exchange.getResponseBody().write(blanks);
            }
        });
    }

    /** One that begins an answer and never goes on. */
    static ModelEndpoint silent() throws IOException {
        return new ModelEndpoint((exchange, closing) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            closing.await();
        });
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            answer.send(exchange, closing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    /** What it was sent, one text for each question. */
    List<String> requests() {
        return requests;
    }

    /** What was sent as proof of who asks. */
    List<String> keys() {
        return keys;
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
