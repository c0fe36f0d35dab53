package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks an Elasticsearch with the log-in of a settings file. Secrets are read from their files and go nowhere else. */
record ElasticLogin(HttpClient client, Optional<String> authorization) {
    static ElasticLogin of(ConnectionSettings settings) throws IOException {
        Optional<String> authorization = Optional.empty();
        if (settings.apiKeyFile() != null) {
            authorization = Optional.of("ApiKey " + secret(settings.apiKeyFile()));
        } else if (settings.username() != null && settings.passwordFile() != null) {
            String both = settings.username() + ":" + secret(settings.passwordFile());
            authorization =
                    Optional.of("Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
        }
        return new ElasticLogin(
                settings.caFile() == null ? Http.client().build() : trusting(settings.caFile()), authorization);
    }

    private static String secret(Path file) throws IOException {
        return Files.readString(file).trim();
    }

    private static HttpClient trusting(Path file) throws IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + store.size(), certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trust.getTrustManagers(), null);
            return Http.client().sslContext(tls).build();
        } catch (GeneralSecurityException problem) {
            throw new IOException(file + " holds no certificates: " + problem.getMessage(), problem);
        }
    }

    JsonNode get(String url) throws IOException {
        HttpRequest.Builder request = Http.request(url).GET();
        authorization.ifPresent(value -> request.header("Authorization", value));
        return Http.send(client, request);
    }
}
