package io.tripline.job.elastic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a request is authorised with: read from files where it is used, by each new connection. Never shown. */
final class Credentials {
    private final @Nullable String header;

    private Credentials(@Nullable String header) {
        this.header = header;
    }

    /** Reads the files that the settings name. */
    static Credentials read(ElasticSettings settings) throws IOException {
        String apiKeyFile = settings.apiKeyFile();
        String passwordFile = settings.passwordFile();
        if (apiKeyFile != null) {
            return new Credentials("ApiKey " + secret("api-key-file", apiKeyFile));
        }
        if (passwordFile != null) {
            String both = settings.username() + ":" + secret("password-file", passwordFile);
            return new Credentials(
                    "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return new Credentials(null);
    }

    /** The value of {@code Authorization}; null where there is none to send. */
    @Nullable
    String header() {
        return header;
    }

    private static String secret(String key, String file) throws IOException {
        String text;
        try {
            text = Files.readString(Path.of(file)).strip();
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new ElasticException("elasticsearch." + key + ": there is no file " + file, e);
        } catch (IOException e) {
            // The message of a file that is no text could quote it.
            throw new ElasticException("elasticsearch." + key + ": cannot read " + file + " ("
                    + e.getClass().getSimpleName() + ")");
        }
        if (text.isEmpty() || text.chars().anyMatch(c -> c < ' ')) {
            throw new ElasticException("elasticsearch." + key + ": " + file + " must hold one line, the secret");
        }
        return text;
    }

    @Override
    public String toString() {
        return header == null ? "no credentials" : "credentials (not shown)";
    }
}
