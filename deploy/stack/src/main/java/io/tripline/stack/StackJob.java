package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tripline's job on a stack's Flink cluster. The job's own program does the work; a cluster that comes back has the job
 * again.
 */
final class StackJob {
    private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");

    /** As the job's program calls it. */
    private static final String NAME = "tripline";

    private StackJob() {}

    /**
     * Makes topics and templates, and starts the job where none runs: from the newest savepoint or checkpoint of the
     * stack that is whole, if there is one.
     *
     * @param fresh from nothing instead
     */
    static void ensure(Stack stack, boolean fresh) throws IOException {
        String partitions = Integer.toString(stack.plan().taskManagers());
        tripline("job", "setup", "--config", stack.settings().toString(), "--partitions", partitions);
        if (find(stack.flink(), NAME::equals).isEmpty()) {
            List<String> submit = new ArrayList<>(List.of(
                    "job",
                    "submit",
                    "--parallelism",
                    Integer.toString(stack.plan().slots()),
                    "--jobmanager",
                    stack.flink().restAddress(),
                    "--config",
                    stack.settings().toString()));
            if (!fresh) {
                submit.addAll(List.of("--newest-in", stack.flink().storedState().toString()));
            }
            tripline(submit.toArray(String[]::new));
        }
        Deadline.in(Duration.ofMinutes(2))
                .until(
                        "the job runs (see " + stack.flink().jobManager().address() + ")",
                        () -> find(stack.flink(), NAME::equals)
                                .filter(job -> job.path("state").asText().equals("RUNNING"))
                                .isPresent());
    }

    /** What Flink says of the stack's job, or else of another one, unless it has ended. */
    static Optional<JsonNode> find(FlinkCluster flink) throws IOException {
        Optional<JsonNode> own = find(flink, NAME::equals);
        return own.isPresent() ? own : find(flink, name -> true);
    }

    private static Optional<JsonNode> find(FlinkCluster flink, Predicate<String> name) throws IOException {
        for (JsonNode job : flink.rest("/jobs/overview").path("jobs")) {
            if (!ENDED.contains(job.path("state").asText())
                    && name.test(job.path("name").asText())) {
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
