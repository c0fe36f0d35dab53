package io.tripline.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a stack consists of and where it listens. Kept in its folder, so that it comes back with the same data and
 * addresses.
 *
 * @param elasticsearch version 8 or 9; 0 for none
 * @param taskManagers of the Flink cluster
 * @param slots of each TaskManager
 * @param kafkaPort and the other ports that people and programs use; those that only servers use are any that are free
 */
public record StackPlan(
        int elasticsearch,
        int taskManagers,
        int slots,
        int kafkaPort,
        int elasticsearchPort,
        int flinkPort,
        int controllerPort,
        int transportPort,
        int jobManagerPort,
        int zooKeeperPort) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SERVERS = 7;

    /** With the ports that everybody expects. */
    public static StackPlan usual(int elasticsearch, int taskManagers) {
        return free(elasticsearch, taskManagers).withPorts(9092, 9200, 8081);
    }

    /** With ports that nobody uses now: for tests, of which several run on one machine. */
    public static StackPlan free(int elasticsearch, int taskManagers) {
        List<Integer> ports = Ports.free(SERVERS);
        return new StackPlan(
                elasticsearch,
                taskManagers,
                2,
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                ports.get(5),
                ports.get(6));
    }

    StackPlan withPorts(int kafka, int elastic, int flink) {
        return new StackPlan(
                elasticsearch,
                taskManagers,
                slots,
                kafka,
                elastic,
                flink,
                controllerPort,
                transportPort,
                jobManagerPort,
                zooKeeperPort);
    }

    /** The plan of the stack in that folder, if there is one. */
    static Optional<StackPlan> in(Path dir) {
        Path file = file(dir);
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), StackPlan.class)) : Optional.empty();
        } catch (IOException unreadable) {
            throw new StackError(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    void keep(Path dir) {
        try {
            Files.createDirectories(dir);
            Files.writeString(file(dir), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n");
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static Path file(Path dir) {
        return dir.resolve("stack.json");
    }
}
