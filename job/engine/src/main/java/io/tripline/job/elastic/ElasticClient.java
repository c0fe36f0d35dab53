package io.tripline.job.elastic;

import co.elastic.clients.transport.rest5_client.low_level.Request;
import co.elastic.clients.transport.rest5_client.low_level.RequestOptions;
import co.elastic.clients.transport.rest5_client.low_level.Response;
import co.elastic.clients.transport.rest5_client.low_level.ResponseException;
import co.elastic.clients.transport.rest5_client.low_level.ResponseListener;
import co.elastic.clients.transport.rest5_client.low_level.Rest5Client;
import co.elastic.clients.transport.rest5_client.low_level.Rest5ClientBuilder;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Talks to Elasticsearch 8 and 9. Bodies are plain JSON without the media type of a version, which a server of another
 * version would refuse. Answers come on its own thread.
 */
final class ElasticClient implements ElasticRequests, AutoCloseable {
    private static final ContentType LINES = ContentType.create("application/x-ndjson", StandardCharsets.UTF_8);
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final Timeout ANSWER = Timeout.ofSeconds(30);

    private final Credentials credentials;
    private final Rest5Client client;

    private ElasticClient(Credentials credentials, Rest5Client client) {
        this.credentials = credentials;
        this.client = client;
    }

    /**
     * Reads the files that the settings name; does not connect.
     *
     * @throws IOException if one of them cannot be read
     */
    static ElasticClient open(ElasticSettings settings) throws IOException {
        Credentials credentials = Credentials.read(settings);
        List<URI> hosts = settings.hosts().stream()
                .map(host -> URI.create(host.endsWith("/") ? host.substring(0, host.length() - 1) : host))
                .toList();
        Rest5ClientBuilder builder = Rest5Client.builder(hosts)
                .setRequestConfigCallback(
                        request -> request.setConnectionRequestTimeout(ANSWER).setResponseTimeout(ANSWER))
                .setConnectionConfigCallback(
                        connection -> connection.setConnectTimeout(CONNECT).setSocketTimeout(ANSWER))
                .setHttpClientConfigCallback(ElasticClient::plain);
        if (hosts.stream().anyMatch(host -> "https".equals(host.getScheme()))) {
            TlsStrategy tls = TrustedCertificates.strategy(settings.caFile());
            builder.setConnectionManagerCallback(connections -> connections.setTlsStrategy(tls));
        }
        return new ElasticClient(credentials, builder.build());
    }

    /**
     * One thread, and no cleverness: repeating is {@link Delivery}'s business, and a redirect would take the secret
     * elsewhere.
     */
    private static void plain(HttpAsyncClientBuilder http) {
        http.disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).build());
    }

    @Override
    public CompletableFuture<Answer> bulk(String body) {
        Request request = new Request("POST", "/_bulk");
        request.addParameter("filter_path", "items.*.status,items.*.error");
        request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), LINES));
        return send(request);
    }

    @Override
    public CompletableFuture<Answer> read(String body, String without) {
        Request request = new Request("POST", "/_mget");
        request.addParameter("_source_excludes", without);
        request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        return send(request);
    }

    @Override
    public CompletableFuture<Answer> send(String method, String path, @Nullable String body) {
        Request request = new Request(method, path);
        if (body != null) {
            request.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), ContentType.APPLICATION_JSON));
        }
        return send(request);
    }

    private CompletableFuture<Answer> send(Request request) {
        RequestOptions.Builder options = RequestOptions.DEFAULT.toBuilder();
        String authorization = credentials.header();
        if (authorization != null) {
            options.addHeader("Authorization", authorization);
        }
        request.setOptions(options.build());
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        client.performRequestAsync(request, new ResponseListener() {
            @Override
            public void onSuccess(Response response) {
                complete(response, answer);
            }

            @Override
            public void onFailure(Exception failure) {
                if (failure instanceof ResponseException refusal) {
                    complete(refusal.getResponse(), answer);
                } else if (isDistrust(failure)) {
                    answer.completeExceptionally(new ElasticException(
                            "the certificate of Elasticsearch is not trusted (" + text(failure)
                                    + "): check elasticsearch.ca-file and that hosts has the name in the certificate",
                            failure));
                } else {
                    answer.complete(Answer.none(text(failure)));
                }
            }
        });
        return answer;
    }

    private static void complete(Response response, CompletableFuture<Answer> answer) {
        try {
            String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
            answer.complete(new Answer(response.getStatusCode(), body));
        } catch (IOException | ParseException e) {
            answer.complete(Answer.none(text(e)));
        }
    }

    private static boolean isDistrust(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
                return true;
            }
        }
        return false;
    }

    private static String text(Throwable failure) {
        if (failure instanceof SocketTimeoutException) {
            return "no answer within " + ANSWER.toSeconds() + " s"; // its own message is the number alone
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
