package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Tripline's job on a stack's Flink cluster. The job's own program does the work; a cluster that comes back has the job again. */
final class StackJob {
    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");

    private StackJob() {}

    /** Makes topics and templates, and starts the job where none runs. */
    static void ensure(Stack stack) throws IOException {
        tripline("job", "setup", "--config", stack.settings().toString());
        if (find(stack.flink()).isEmpty()) {
            tripline(
                    "job",
                    "submit",
                    "--parallelism",
                    Integer.toString(stack.plan().slots()),
                    "--jobmanager",
                    stack.flink().restAddress(),
                    "--config",
                    stack.settings().toString());
        }
        Deadline.in(Duration.ofMinutes(2))
                .until(
                        "the job runs (see " + stack.flink().jobManager().address() + ")",
                        () -> find(stack.flink())
                                .filter(job -> job.path("state").asText().equals("RUNNING"))
                                .isPresent());
    }

    /** What Flink says of the job, unless it has ended. */
    static Optional<JsonNode> find(FlinkCluster flink) throws IOException {
        for (JsonNode job : flink.rest("/jobs/overview").path("jobs")) {
            if (!ENDED.contains(job.path("state").asText())) {
                return Optional.of(job);
            }
        }
        return Optional.empty();
    }

    private static void tripline(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("sh", Installation.root().resolve("tripline").toString()));
        command.addAll(List.of(arguments));
        try {
            // What it has to say about success stands in the table of the stack; errors it tells best itself.
            Process program = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            program.getOutputStream().close();
            int status = program.waitFor();
            if (status != 0) {
                throw new StackError("the servers are up, but 'tripline " + String.join(" ", arguments)
                        + "' ended with status " + status);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new StackError("interrupted", stop);
        }
    }
}
