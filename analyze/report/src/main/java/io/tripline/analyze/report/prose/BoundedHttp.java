package io.tripline.analyze.report.prose;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/**
 * Java's HTTP client for the library that asks, with two bounds that the library's own lacks: the time holds for the
 * whole answer, not only for its head, and a long answer is cut off rather than held in memory. Follows no redirection.
 */
final class BoundedHttp implements HttpClientBuilder {
    /** Longest answer in bytes. */
    static final int MOST = 1_000_000;

    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration readTimeout = Duration.ofSeconds(30);

    /** The answer is longer than {@link #MOST}. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public Duration connectTimeout() {
        return connectTimeout;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    @Override
    public Duration readTimeout() {
        return readTimeout;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
        readTimeout = timeout;
        return this;
    }

    @Override
    public HttpClient build() {
        return new Client(
                java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                        .connectTimeout(connectTimeout)
                        .build(),
                readTimeout);
    }

    private record Client(java.net.http.HttpClient http, Duration patience) implements HttpClient {
        @Override
        public SuccessfulHttpResponse execute(HttpRequest request) {
            java.net.http.HttpRequest.Builder sent = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                    .method(request.method().name(), java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
            request.headers().forEach((name, values) -> values.forEach(value -> sent.header(name, value)));
            HttpResponse<byte[]> response = await(http.sendAsync(sent.build(), head -> new Bounded()));
            String body = new String(response.body(), StandardCharsets.UTF_8);
            if (response.statusCode() / 100 != 2) {
                throw new HttpException(response.statusCode(), body);
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(response.statusCode())
                    .headers(response.headers().map())
                    .body(body)
                    .build();
        }

        private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> response) {
            try {
                return response.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw new UncheckedIOException(
                        e.getCause() instanceof IOException reason ? reason : new IOException(e.getCause()));
            } catch (java.util.concurrent.TimeoutException e) {
                throw new dev.langchain4j.exception.TimeoutException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new dev.langchain4j.exception.TimeoutException(e);
            } finally {
                response.cancel(true);
            }
        }

        @Override
        public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
            throw new UnsupportedOperationException("responses are read as a whole");
        }
    }

    /** Takes so many bytes and no more. */
    private static final class Bounded implements BodySubscriber<byte[]> {
        private final BodySubscriber<byte[]> whole = HttpResponse.BodySubscribers.ofByteArray();
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private Flow.@org.jspecify.annotations.Nullable Subscription subscription;
        private long bytes;

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            whole.getBody().whenComplete((read, failure) -> {
                if (failure == null) {
                    body.complete(read);
                } else {
                    body.completeExceptionally(failure);
                }
            });
            whole.onSubscribe(given);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            bytes += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
            if (bytes <= MOST) {
                whole.onNext(buffers);
            } else if (subscription != null) {
                subscription.cancel();
                body.completeExceptionally(new TooLong());
            }
        }

        @Override
        public void onError(Throwable failure) {
            whole.onError(failure);
        }

        @Override
        public void onComplete() {
            whole.onComplete();
        }
    }
}
