package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How a stack is.
 *
 * @param job null where there is none
 * @param alerts in Elasticsearch; absent where it cannot say
 */
record StackStatus(List<ServerStatus> servers, @Nullable JobStatus job, OptionalLong alerts) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** State of one server. */
    record ServerStatus(String name, String address, OptionalLong pid, State state) {
        static ServerStatus of(Server server) {
            Optional<ProcessHandle> process = server.process().handle();
            return new ServerStatus(
                    server.name(),
                    server.address(),
                    process.map(ProcessHandle::pid).map(OptionalLong::of).orElse(OptionalLong.empty()),
                    process.isEmpty() ? State.DOWN : server.isReady() ? State.UP : State.SILENT);
        }
    }

    /** Whether a server works. */
    enum State {
        UP,
        /** Its process lives, but it does not answer: it starts, or hangs. */
        SILENT,
        DOWN
    }

    static StackStatus of(Stack stack) {
        List<ServerStatus> servers =
                stack.servers().stream().map(ServerStatus::of).toList();
        return new StackStatus(servers, JobStatus.of(stack), alerts(stack));
    }

    private static OptionalLong alerts(Stack stack) {
        if (stack.elastic().isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            JsonNode count = Http.get(stack.elastic().get().address() + "/tripline-alerts/_count")
                    .path("count");
            return count.isNumber() ? OptionalLong.of(count.asLong()) : OptionalLong.empty();
        } catch (IOException noAnswer) {
            return OptionalLong.empty();
        }
    }

    /** Whether all servers work, and the job, if there is one. */
    boolean isWell() {
        return servers.stream().allMatch(server -> server.state() == State.UP) && (job == null || job.isWell());
    }

    void print(PrintWriter out) {
        String line = "%-15s %-24s %-8s %s%n";
        out.printf(line, "what", "address", "pid", "state");
        for (ServerStatus server : servers) {
            out.printf(
                    line,
                    server.name(),
                    server.address(),
                    server.pid().isPresent() ? Long.toString(server.pid().getAsLong()) : "-",
                    server.state().name().toLowerCase(Locale.ROOT));
        }
        out.printf(line, "job", job == null ? "-" : job.name(), "-", job == null ? "none" : job.text());
        alerts.ifPresent(count -> out.printf("%d alerts in Elasticsearch%n", count));
    }

    String json(Stack stack) {
        ObjectNode root =
                JSON.createObjectNode().put("dir", stack.dir().toString()).put("well", isWell());
        for (ServerStatus server : servers) {
            ObjectNode node = root.withArray("servers").addObject();
            node.put("name", server.name()).put("address", server.address());
            server.pid().ifPresent(pid -> node.put("pid", pid));
            node.put("state", server.state().name().toLowerCase(Locale.ROOT));
        }
        if (job != null) {
            job.write(root.putObject("job"));
        }
        alerts.ifPresent(count -> root.put("alerts", count));
        return root.toString();
    }
}
