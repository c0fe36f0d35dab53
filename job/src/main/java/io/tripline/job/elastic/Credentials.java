package io.tripline.job.elastic;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a request is authorised with: read from files where it is used, and again after it was changed there. Never shown. */
final class Credentials {
    private final ElasticSettings settings;
    private @Nullable String header;

    private Credentials(ElasticSettings settings) {
        this.settings = settings;
    }

    /** Reads them for the first time. */
    static Credentials read(ElasticSettings settings) throws IOException {
        Credentials credentials = new Credentials(settings);
        credentials.renew();
        return credentials;
    }

    /** The value of {@code Authorization}; null where there is none to send. */
    synchronized @Nullable String header() {
        return header;
    }

    /** Reads the files again. */
    synchronized void renew() throws IOException {
        String apiKeyFile = settings.apiKeyFile();
        String passwordFile = settings.passwordFile();
        if (apiKeyFile != null) {
            header = "ApiKey " + secret("api-key-file", apiKeyFile);
        } else if (passwordFile != null) {
            String both = settings.username() + ":" + secret("password-file", passwordFile);
            header = "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        }
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
