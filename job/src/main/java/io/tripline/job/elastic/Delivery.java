package io.tripline.job.elastic;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Brings documents to Elasticsearch, however long that takes. Each ends up stored, superseded or rejected; until then it is one of
 * {@link #unconfirmed}, and what is unconfirmed goes into each checkpoint. So a checkpoint need not wait for the server, and a server that is
 * away holds up nothing else until {@link #isFull}.
 *
 * <p>Used by one thread, the {@link Turn}'s.
 */
final class Delivery {
    /** How many documents may wait before whoever makes them has to. */
    private static final int MOST_WAITING = 10_000;

    private static final long MOST_BYTES_WAITING = 64L << 20;

    /** Well below what a server takes in one request (100 MB), and more gains nothing. */
    private static final long REQUEST_BYTES = 5L << 20;

    private static final Duration SHORTEST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    /** So many times a fault that may be the document's own is forgiven. */
    private static final int FORGIVEN = 10;

    private static final class Waiting {
        final ElasticDocument document;
        int failures;

        Waiting(ElasticDocument document) {
            this.document = document;
        }
    }

    private final ElasticSettings settings;
    private final String template;
    private final ElasticClient client;
    private final RejectedDocuments.Writer rejected;
    private final Turn turn;
    private final DeliveryCounts counts;

    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Set<List<Waiting>> onTheirWay = new HashSet<>();
    private int documents;
    private long bytes;
    private int batch;
    private boolean templateSeen;
    private boolean resting;
    private boolean renewed;
    private Duration rest = SHORTEST_REST;

    /**
     * For documents of one kind.
     *
     * @param template index template that must be there before the first of them is stored
     */
    Delivery(
            ElasticSettings settings,
            String template,
            ElasticClient client,
            RejectedDocuments.Writer rejected,
            Turn turn,
            DeliveryCounts counts) {
        this.settings = settings;
        this.template = template;
        this.client = client;
        this.rejected = rejected;
        this.turn = turn;
        this.counts = counts;
        this.batch = settings.maxBatch();
    }

    /** Takes documents to deliver. */
    void add(Collection<ElasticDocument> added) {
        for (ElasticDocument document : added) {
            waiting.add(new Waiting(document));
            documents++;
            bytes += document.size();
        }
        send();
    }

    /** Documents whose fate is not known, oldest first but for those that are on their way. */
    List<ElasticDocument> unconfirmed() {
        List<ElasticDocument> all = new ArrayList<>(documents);
        onTheirWay.forEach(request -> request.forEach(each -> all.add(each.document)));
        waiting.forEach(each -> all.add(each.document));
        return all;
    }

    int size() {
        return documents;
    }

    boolean isFull() {
        return documents >= MOST_WAITING || bytes >= MOST_BYTES_WAITING;
    }

    private void send() {
        while (!resting && !waiting.isEmpty() && onTheirWay.size() < requestsAtOnce()) {
            List<Waiting> request = nextRequest();
            onTheirWay.add(request);
            if (!templateSeen) {
                ask(request);
                return;
            }
            StringBuilder body = new StringBuilder();
            request.forEach(each -> each.document.appendTo(body));
            answered(client.bulk(body.toString()), answer -> judge(request, answer));
        }
    }

    private int requestsAtOnce() {
        return templateSeen ? settings.maxInFlight() : 1;
    }

    private List<Waiting> nextRequest() {
        List<Waiting> request = new ArrayList<>();
        long size = 0;
        while (request.size() < batch) {
            Waiting next = waiting.peek();
            if (next == null || (!request.isEmpty() && size + next.document.size() > REQUEST_BYTES)) {
                break;
            }
            size += next.document.size();
            request.add(waiting.remove());
        }
        return request;
    }

    /** Without its template, the first document would make an index in which addresses and times are text, for good. */
    private void ask(List<Waiting> request) {
        answered(client.send("GET", "/_index_template/" + template, null), answer -> {
            if (answer.status() == 404) {
                throw new ElasticException(
                        "Elasticsearch has no index template " + template + ": run `tripline job setup` first");
            }
            if (answer.status() == 401 || BulkAnswer.whole(answer) instanceof Verdict.Again) {
                judge(request, answer);
                return;
            }
            // Whoever may not look may be allowed to write all the same.
            templateSeen = true;
            takeBack(request);
            send();
        });
    }

    private interface Reader {
        void read(Answer answer) throws IOException;
    }

    private void answered(CompletableFuture<Answer> coming, Reader reader) {
        coming.whenComplete((answer, failure) -> turn.take(() -> {
            if (failure instanceof IOException known) {
                throw known;
            } else if (failure != null) {
                throw new IllegalStateException("a request to Elasticsearch failed", failure);
            }
            reader.read(answer);
        }));
    }

    private void judge(List<Waiting> request, Answer answer) throws IOException {
        if (answer.status() == 401 && !renewed) {
            renewed = true;
            client.renewCredentials();
            takeBack(request);
            pause(answer.reason());
        } else if (BulkAnswer.isRefusedForContent(answer) && request.size() > 1) {
            batch = Math.max(1, request.size() / 2);
            takeBack(request);
        } else {
            boolean each = BulkAnswer.isTakenApart(answer);
            List<Verdict> verdicts = each ? BulkAnswer.each(answer, request.size()) : List.of();
            Verdict whole = each ? null : BulkAnswer.whole(answer);
            settle(request, verdicts, whole);
        }
        send();
    }

    private void settle(List<Waiting> request, List<Verdict> verdicts, @Nullable Verdict whole) throws IOException {
        onTheirWay.remove(request);
        String again = null;
        // From the last to the first, so that what goes back to the head of the queue keeps its order.
        for (int i = request.size() - 1; i >= 0; i--) {
            String reason = settle(request.get(i), whole == null ? verdicts.get(i) : whole);
            again = reason == null ? again : reason;
        }
        if (again == null) {
            renewed = false;
            rest = SHORTEST_REST;
            batch = Math.min(settings.maxBatch(), 2 * batch);
            counts.going();
        } else {
            pause(again);
        }
    }

    /** Why it has to be sent again; null where it has not. */
    private @Nullable String settle(Waiting each, Verdict verdict) throws IOException {
        if (verdict instanceof Verdict.Again again && !(again.limited() && ++each.failures > FORGIVEN)) {
            waiting.addFirst(each);
            counts.repeated();
            return again.reason();
        }
        ElasticDocument document = each.document;
        if (verdict instanceof Verdict.Hopeless hopeless) {
            throw new ElasticException(hopeless.reason());
        } else if (verdict instanceof Verdict.Stored) {
            counts.stored();
        } else if (verdict instanceof Verdict.Superseded) {
            counts.superseded();
        } else {
            String reason = verdict instanceof Verdict.Rejected no ? no.reason() : ((Verdict.Again) verdict).reason();
            rejected.reject(document.id(), "Elasticsearch: " + reason, document.json());
            counts.rejected(reason);
        }
        documents--;
        bytes -= document.size();
        return null;
    }

    private void takeBack(List<Waiting> request) {
        onTheirWay.remove(request);
        for (int i = request.size() - 1; i >= 0; i--) {
            waiting.addFirst(request.get(i));
        }
    }

    /** Sends nothing for a while, longer each time. */
    private void pause(String reason) {
        counts.away(reason, documents);
        if (resting) {
            return;
        }
        resting = true;
        turn.takeAfter(rest, () -> {
            resting = false;
            send();
        });
        Duration longer = rest.multipliedBy(2);
        rest = longer.compareTo(LONGEST_REST) < 0 ? longer : LONGEST_REST;
    }
}
