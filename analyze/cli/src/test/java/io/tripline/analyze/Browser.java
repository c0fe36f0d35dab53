package io.tripline.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Debian's Chromium without a window, driven by its DevTools protocol. */
final class Browser implements AutoCloseable, WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 60;

    private final Process process;
    private final WebSocket socket;
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String session = "";
    private int last;

    private Browser(Process process, URI address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(address, this)
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Starts one with an empty page; skips the test, aloud, where there is none to start. */
    static Browser start(Path folder) throws IOException {
        Path program = Path.of("/usr/bin/chromium");
        Assumptions.assumeTrue(
                Files.isExecutable(program), "SKIPPED: no browser; get it with: apt-get install chromium");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder,
                        "about:blank")
                .redirectErrorStream(true)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("DevTools listening on ")) {
                Browser browser = new Browser(process, URI.create(line.substring("DevTools listening on ".length())));
                browser.attach();
                return browser;
            }
        }
        throw new IOException("the browser ended with " + process.exitValue());
    }

    private void attach() {
        String target = send("Target.createTarget", Map.of("url", "about:blank"))
                .path("targetId")
                .asText();
        session = send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        List.of("Page.enable", "Runtime.enable", "Log.enable", "Network.enable")
                .forEach(method -> send(method, Map.of()));
    }

    JsonNode send(String method, Map<String, Object> parameters) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        ObjectNode message = JSON.createObjectNode();
        message.put("id", ++last).put("method", method).set("params", JSON.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        answers.put(last, answer);
        socket.sendText(message.toString(), true).join();
        JsonNode result = answer.orTimeout(SECONDS, TimeUnit.SECONDS).join();
        if (result.has("error")) {
            throw new IllegalStateException(method + ": " + result.path("error"));
        }
        return result.path("result");
    }

    /** Opens a file and waits until it is there. */
    void open(Path file) throws InterruptedException {
        events.clear();
        send("Page.navigate", Map.of("url", file.toUri().toString()));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        synchronized (events) {
            while (named("Page.loadEventFired").isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException(file + " was not loaded within " + SECONDS + " s");
                }
                events.wait(left);
            }
        }
    }

    /** Width of the window, {@code screen} or {@code print}, and {@code light} or {@code dark}. */
    void look(int width, String media, String scheme) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("media", media, "features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** What a JavaScript expression comes to. */
    JsonNode evaluate(String expression) {
        JsonNode answer = send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    byte[] printed() {
        JsonNode pdf = send("Page.printToPDF", Map.of("preferCSSPageSize", true, "printBackground", true));
        return Base64.getDecoder().decode(pdf.path("data").asText());
    }

    /** What it asked for besides the file itself. */
    List<String> requests(Path file) {
        List<String> urls = new ArrayList<>();
        named("Network.requestWillBeSent")
                .forEach(event -> urls.add(event.at("/request/url").asText()));
        urls.remove(file.toUri().toString());
        return urls;
    }

    /** Errors and warnings of page, scripts and security policy. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        named("Log.entryAdded")
                .forEach(event -> complaints.add(event.path("entry").toString()));
        named("Runtime.exceptionThrown").forEach(event -> complaints.add(event.toString()));
        named("Runtime.consoleAPICalled").forEach(event -> complaints.add(event.toString()));
        return complaints;
    }

    private List<JsonNode> named(String method) {
        return events.stream()
                .filter(event -> event.path("method").asText().equals(method))
                .map(event -> event.path("params"))
                .toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean whole) {
        text.append(data);
        if (whole) {
            JsonNode message;
            try {
                message = JSON.readTree(text.toString());
            } catch (IOException e) {
                throw new IllegalStateException("a browser writes JSON", e);
            }
            text.setLength(0);
            CompletableFuture<JsonNode> answer =
                    answers.remove(message.path("id").asInt());
            if (answer != null) {
                answer.complete(message);
            } else {
                synchronized (events) {
                    events.add(message);
                    events.notifyAll();
                }
            }
        }
        webSocket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().join();
    }
}
