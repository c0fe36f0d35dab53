package io.tripline.job.elastic;

import io.tripline.job.elastic.Placement.Outcome;
import io.tripline.job.elastic.Verdict.Blame;
import io.tripline.job.elastic.WaitingDocuments.Sent;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Brings documents to Elasticsearch, however long that takes and whatever is wrong with it. Each ends up stored,
 * superseded or rejected, or is given up where more wait than may; until then the newest of each id is one of
 * {@link #unconfirmed}. Nothing here waits for the server or fails for its sake: not whoever makes documents, nor a
 * checkpoint.
 *
 * <p>Used by one thread, the {@link Turn}'s.
 */
final class Delivery {
    /** Half an hour of 16 new incidents a second; of 11 with the bytes that they have on average (docs/memory.md). */
    static final int MOST_WAITING = 30_000;

    static final long MOST_BYTES_WAITING = 64L << 20;

    /** Well below what a server takes in one request (100 MB), and more gains nothing. */
    private static final long REQUEST_BYTES = 5L << 20;

    private static final Duration SHORTEST_REST = Duration.ofMillis(100);
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    /** Where somebody has to change something: each try may be a failed log-in. */
    private static final Duration LONGEST_REST_REFUSED = Duration.ofSeconds(30);

    /** A timer may come by so much before it is due. */
    private static final Duration EARLY = Duration.ofMillis(10);

    /** So many times a fault that may be the document's own is forgiven. */
    private static final int FORGIVEN = 10;

    private static final int MOST_INDICES = 1_000;

    private final ElasticSettings settings;
    private final String template;
    private final Placement placement;
    private final ElasticRequests requests;
    private final Runnable renewal;
    private final RejectedDocuments.Writer rejected;
    private final Turn turn;
    private final DeliveryCounts counts;

    private final WaitingDocuments waiting = new WaitingDocuments(MOST_WAITING, MOST_BYTES_WAITING);
    private final Set<String> indicesSeen = new HashSet<>();
    private int underWay;
    private int added;
    private int batch;
    private boolean flushing;
    private boolean resting;
    private boolean well;
    private Duration rest = SHORTEST_REST;
    private long lastSettled;

    /**
     * For documents of one kind.
     *
     * @param template index template that must be there before the first document of an index is stored
     * @param renewal makes the next request read secrets and certificates again
     */
    Delivery(
            ElasticSettings settings,
            String template,
            Placement placement,
            ElasticRequests requests,
            Runnable renewal,
            RejectedDocuments.Writer rejected,
            Turn turn,
            DeliveryCounts counts) {
        this.settings = settings;
        this.template = template;
        this.placement = placement;
        this.requests = requests;
        this.renewal = renewal;
        this.rejected = rejected;
        this.turn = turn;
        this.counts = counts;
        this.batch = settings.maxBatch();
        this.lastSettled = turn.now();
    }

    /** Takes a document to deliver, soon: together with others that come meanwhile. */
    void add(ElasticDocument document) {
        counts.givenUp(waiting.add(document, turn.now()));
        added++;
        if (added >= batch) {
            send();
        } else if (!flushing) {
            flushing = true;
            turn.takeAfter(settings.flushInterval(), () -> {
                flushing = false;
                send();
            });
        }
        tell();
    }

    /** The newest of each id whose fate is not known. */
    List<ElasticDocument> unconfirmed() {
        return waiting.documents();
    }

    /** How many wait or are under way. */
    int size() {
        return waiting.size();
    }

    /** When a document was last stored, superseded or rejected, by the turn's clock. */
    long lastSettled() {
        return lastSettled;
    }

    void send() {
        added = 0;
        while (!resting && underWay < (well ? settings.maxInFlight() : 1)) {
            List<Sent> request = waiting.take(batch, REQUEST_BYTES, turn.now());
            if (request.isEmpty()) {
                return;
            }
            underWay++;
            if (request.stream()
                    .allMatch(sent -> indicesSeen.contains(sent.document().index()))) {
                place(request);
            } else {
                ask(request);
            }
        }
    }

    private void place(List<Sent> request) {
        List<ElasticDocument> documents = request.stream().map(Sent::document).toList();
        answered(placement.place(documents, requests), request, outcome -> judge(request, outcome));
    }

    /** Without its template, the first document would make an index in which addresses and times are text, for good. */
    private void ask(List<Sent> request) {
        CompletableFuture<Outcome> asked =
                requests.send("GET", "/_index_template/" + template, null).thenApply(Outcome::refused);
        answered(asked, request, outcome -> {
            Answer answer = outcome.refusal();
            int status = answer == null ? Answer.NONE : answer.status();
            if (answer != null && status == 404) {
                String missing = "it has no index template " + template + ": run `tripline job setup`";
                refuse(request, new Verdict.Again(status, missing, Blame.SERVER));
            } else if (answer != null
                    && (status == Answer.NONE || status == 401 || status == 408 || status == 429 || status >= 500)
                    && BulkAnswer.whole(answer) instanceof Verdict.Again again) {
                refuse(request, again);
            } else {
                // Whoever may not look may be allowed to write all the same.
                if (indicesSeen.size() >= MOST_INDICES) {
                    indicesSeen.clear();
                }
                request.forEach(sent -> indicesSeen.add(sent.document().index()));
                place(request);
            }
        });
    }

    private interface Reader {
        void read(Outcome outcome) throws IOException;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // what went wrong reaches the reader as an answer
    private void answered(CompletableFuture<Outcome> coming, List<Sent> request, Reader reader) {
        CompletableFuture<Outcome> unused = coming.whenComplete((outcome, failure) -> turn.take(() -> {
            if (failure == null) {
                reader.read(outcome);
            } else {
                refuse(request, again(failure));
            }
        }));
    }

    /** What failed without an answer: certificates and secrets are read again, since they may be to blame. */
    private Verdict.Again again(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        renewal.run();
        String told = cause instanceof ElasticException ? String.valueOf(cause.getMessage()) : cause.toString();
        return new Verdict.Again(Answer.NONE, told, Blame.SERVER);
    }

    private void judge(List<Sent> request, Outcome outcome) throws IOException {
        Answer refusal = outcome.refusal();
        if (refusal == null) {
            settle(request, outcome.verdicts());
        } else if (BulkAnswer.isRefusedForContent(refusal) && request.size() > 1) {
            batch = Math.max(1, request.size() / 2);
            underWay--;
            request.forEach(waiting::takeBack);
        } else if (BulkAnswer.whole(refusal) instanceof Verdict.Again again) {
            refuse(request, again);
        } else {
            settle(request, List.of(BulkAnswer.whole(refusal)));
        }
        tell();
        send();
    }

    private void refuse(List<Sent> request, Verdict.Again again) {
        underWay--;
        request.forEach(waiting::takeBack);
        renewFor(again);
        pause(again);
    }

    private void settle(List<Sent> request, List<Verdict> verdicts) throws IOException {
        underWay--;
        Verdict.Again again = null;
        boolean any = false;
        Set<Duration> rests = new HashSet<>();
        for (int i = 0; i < request.size(); i++) {
            Verdict verdict = verdicts.get(i);
            settle(request.get(i), verdict, rests);
            if (verdict instanceof Verdict.Again one) {
                again = one;
                any |= one.blame() != Blame.SERVER;
            } else {
                any = true;
                lastSettled = turn.now();
            }
        }
        rests.forEach(length -> turn.takeAfter(length, this::send));
        if (!any && again != null) {
            renewFor(again);
            pause(again);
            return;
        }
        well = true;
        rest = SHORTEST_REST;
        batch = Math.min(settings.maxBatch(), 2 * batch);
        if (again != null) {
            counts.away(again, waiting.size());
        } else if (!waiting.anyRested()) {
            counts.going();
        }
    }

    private void renewFor(Verdict.Again again) {
        if (again.status() == 401) {
            renewal.run();
        }
    }

    private void settle(Sent sent, Verdict verdict, Set<Duration> rests) throws IOException {
        ElasticDocument document = sent.document();
        if (verdict instanceof Verdict.Again again
                && !(again.blame() == Blame.DOCUMENT && sent.waiting().fault() > FORGIVEN)) {
            counts.repeated();
            rests.add(rest(sent));
        } else if (verdict instanceof Verdict.Changed) {
            counts.repeated();
            rests.add(rest(sent));
        } else if (verdict instanceof Verdict.Stored) {
            counts.stored();
            waiting.settle(sent);
        } else if (verdict instanceof Verdict.Superseded) {
            counts.superseded();
            waiting.settle(sent);
        } else {
            String reason = verdict instanceof Verdict.Rejected no ? no.reason() : ((Verdict.Again) verdict).reason();
            rejected.reject(document.id(), "Elasticsearch: " + reason, document.json());
            counts.rejected(reason);
            waiting.settle(sent);
        }
    }

    /** One document rests by itself, so that an index that takes nothing holds up no other. */
    private Duration rest(Sent sent) {
        Duration length =
                SHORTEST_REST.multipliedBy(1L << Math.min(10, sent.waiting().rests()));
        length = length.compareTo(LONGEST_REST_REFUSED) < 0 ? length : LONGEST_REST_REFUSED;
        waiting.rest(sent, turn.now() + length.minus(EARLY).toNanos());
        return length;
    }

    /** Sends nothing for a while, longer each time. */
    private void pause(Verdict.Again again) {
        well = false;
        counts.away(again, waiting.size());
        tell();
        if (resting) {
            return;
        }
        resting = true;
        turn.takeAfter(rest, () -> {
            resting = false;
            send();
        });
        Duration longest = DeliveryCounts.isRefusal(again.status()) ? LONGEST_REST_REFUSED : LONGEST_REST;
        Duration longer = rest.multipliedBy(2);
        rest = longer.compareTo(longest) < 0 ? longer : longest;
    }

    /** Counts as given up what waits still, since nobody will bring it. */
    void giveUp() {
        counts.givenUp(waiting.size());
    }

    private void tell() {
        counts.waiting(waiting.size(), waiting.bytes(), waiting.oldest(turn.now()), turn.now());
    }
}
