package io.tripline.analyze;

import io.tripline.analyze.report.prose.Endpoint;
import io.tripline.analyze.report.prose.Exclusions;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the section in a language model's words. */
final class ProseOptions {
    static final String KEY = "TRIPLINE_LLM_KEY";

    private static final int LONGEST_KEY = 4_096;
    private static final int LONGEST_WAIT = 600;
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--llm-endpoint",
            paramLabel = "URL",
            description = "Have a language model summarise figures of the report: its address, with OpenAI's"
                    + " interface (https://HOST/v1). The key is in " + KEY + ".")
    private @Nullable String endpoint;

    @Option(names = "--llm-model", paramLabel = "NAME", description = "Name of the model there.")
    private @Nullable String model;

    @Option(names = "--llm-key-file", paramLabel = "FILE", description = "File with the key, instead of " + KEY + ".")
    private @Nullable Path keyFile;

    @Option(names = "--llm-without-addresses", description = "Send no addresses to the model.")
    private boolean withoutAddresses;

    @Option(
            names = "--llm-exclude",
            paramLabel = "TEXT",
            description = "Do not send words that contain this text. May be given several times.")
    private List<String> excluded = new ArrayList<>();

    @Option(
            names = "--llm-timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "How long to wait for the response (default: ${DEFAULT-VALUE}).")
    private int timeout = 30;

    /** Whom to ask; empty where nobody is. */
    Optional<Endpoint> endpoint() throws IOException {
        if (endpoint == null) {
            if (model != null || keyFile != null || withoutAddresses || !excluded.isEmpty()) {
                throw usage("--llm-endpoint: is missing; give it, or omit the other --prose options");
            }
            return Optional.empty();
        }
        if (model == null || model.isBlank()) {
            throw usage("--llm-model: name the model that --llm-endpoint should use");
        }
        if (timeout < 1 || timeout > LONGEST_WAIT) {
            throw usage("--llm-timeout: " + timeout + " is not from 1 to " + LONGEST_WAIT);
        }
        if (excluded.stream().anyMatch(String::isBlank)) {
            throw usage("--llm-exclude: must not be empty");
        }
        URI url = url(endpoint);
        String key = key(System.getenv());
        if (key != null && !url.getScheme().equals("https") && !HERE.contains(url.getHost())) {
            throw usage("--llm-endpoint: anyone on the path to " + url.getHost() + " could read the key: use https");
        }
        return Optional.of(new Endpoint(url, model, key, Duration.ofSeconds(timeout)));
    }

    boolean withAddresses() {
        return !withoutAddresses;
    }

    Exclusions exclusions() {
        return new Exclusions(excluded);
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text.strip());
            boolean web = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            if (web
                    && url.getHost() != null
                    && url.getUserInfo() == null
                    && url.getQuery() == null
                    && url.getFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below, without the text: it may hold a key
        }
        throw usage("--llm-endpoint: not a URL such as https://HOST/v1, without user, query and fragment");
    }

    /** The key, or null where none is given. No message holds it. */
    @Nullable
    String key(Map<String, String> environment) throws IOException {
        String key = keyFile == null ? environment.getOrDefault(KEY, "").strip() : read(keyFile);
        if (keyFile == null && key.isEmpty()) {
            return null;
        }
        if (key.isEmpty() || !key.chars().allMatch(sign -> sign > ' ' && sign < 0x7f)) {
            throw usage(
                    (keyFile == null ? KEY : "--llm-key-file: " + keyFile) + " does not hold one key and nothing else");
        }
        return key;
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(LONGEST_KEY), StandardCharsets.UTF_8).strip();
        }
    }

    private static UserError usage(String message) {
        return new UserError(ExitStatus.USAGE, message);
    }
}
