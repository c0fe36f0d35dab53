package io.tripline.job.elastic;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is opened when it is first needed, and opened anew with what the files of secrets and certificates
 * then hold. A file that is not there or cannot be used is the failure of a request, as a server is that is away: none
 * of them keeps a job from starting.
 */
final class ElasticConnection implements ElasticRequests, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ElasticConnection.class);

    private final ElasticSettings settings;
    private @Nullable ElasticClient client;

    ElasticConnection(ElasticSettings settings) {
        this.settings = settings;
    }

    @Override
    public CompletableFuture<Answer> bulk(String body) {
        return ask(opened -> opened.bulk(body));
    }

    @Override
    public CompletableFuture<Answer> read(String body, String without) {
        return ask(opened -> opened.read(body, without));
    }

    @Override
    public CompletableFuture<Answer> send(String method, String path, @Nullable String body) {
        return ask(opened -> opened.send(method, path, body));
    }

    private synchronized CompletableFuture<Answer> ask(Function<ElasticClient, CompletableFuture<Answer>> request) {
        try {
            ElasticClient opened = client;
            if (opened == null) {
                opened = ElasticClient.open(settings);
                client = opened;
            }
            return request.apply(opened);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Lets the next request read the files again. */
    synchronized void renew() {
        ElasticClient old = client;
        client = null;
        if (old != null) {
            // It may wait for connections to end, and nobody else should.
            Thread closing = new Thread(() -> close(old), "elasticsearch-close");
            closing.setDaemon(true);
            closing.start();
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            close(client);
        }
    }

    private static void close(ElasticClient client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.warn("cannot close the connection to Elasticsearch: {}", e.getMessage());
        }
    }
}
