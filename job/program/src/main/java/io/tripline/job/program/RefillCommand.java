package io.tripline.job.program;

import io.tripline.job.elastic.ElasticException;
import io.tripline.job.elastic.ElasticRefill;
import io.tripline.job.elastic.ElasticSettings;
import io.tripline.job.elastic.RejectedDocuments;
import io.tripline.job.kafka.AlertTopic;
import io.tripline.job.kafka.TopicSetup;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Elasticsearch from the topic of alerts. */
@Command(
        name = "refill",
        mixinStandardHelpOptions = true,
        description =
                "Stores the alerts of their topic in Elasticsearch where they are missing or older. A second run changes nothing.")
final class RefillCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only alerts written since then, such as 2026-11-30T10:00:00Z. Default: all on the topic.")
    private @Nullable String since;

    private long read;
    private long strange;

    @Override
    public Integer call() throws IOException {
        Instant from = from();
        Settings settings = connection.read();
        ElasticSettings elastic = settings.elastic();
        if (elastic == null) {
            throw new UserError(ExitStatus.USAGE, "the settings have no elasticsearch to store alerts in");
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        try (ElasticRefill refill = new ElasticRefill(elastic, new Told(err))) {
            AlertTopic.read(settings.kafka(), from, json -> {
                read++;
                strange += refill.add(json) ? 0 : 1;
            });
            ElasticRefill.Told told = refill.finish();
            out.printf(
                    "%d documents read: %d incidents stored, %d already up to date, %d rejected, %d documents are not alerts%n",
                    read, told.stored(), told.newer(), told.rejected(), strange);
            return ExitStatus.DONE;
        } catch (ElasticException | TopicSetup.Unavailable e) {
            throw new UserError(ExitStatus.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable Instant from() {
        try {
            return since == null ? null : Instant.parse(since);
        } catch (DateTimeException e) {
            throw new UserError(
                    ExitStatus.USAGE, "--since: '" + since + "' is not a valid time such as 2026-11-30T10:00:00Z", e);
        }
    }

    /** Says which documents Elasticsearch will not take, the first few of them. */
    private static final class Told implements RejectedDocuments.Writer {
        private final PrintWriter err;
        private int count;

        Told(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void reject(String id, String reason, String document) {
            if (++count <= SHOWN) {
                err.println("tripline: " + id + ": " + reason);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
