package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A Flink session cluster: ZooKeeper, JobManager and TaskManagers, each a process of its own, so that each can be
 * killed. Jobs come back from their last checkpoint when any of them is started again, or all of them.
 */
public final class FlinkCluster {
    private final FlinkSettings settings;
    private final ZooKeeperServer zooKeeper;
    private final JobManager jobManager;
    private final List<TaskManager> taskManagers;

    public FlinkCluster(FlinkSettings settings, int taskManagers) {
        this.settings = settings;
        this.zooKeeper = new ZooKeeperServer(settings.dir(), settings.zooKeeperPort());
        this.jobManager = new JobManager(settings);
        this.taskManagers = IntStream.rangeClosed(1, taskManagers)
                .mapToObj(number -> new TaskManager(settings, number))
                .toList();
    }

    public ZooKeeperServer zooKeeper() {
        return zooKeeper;
    }

    public JobManager jobManager() {
        return jobManager;
    }

    public List<TaskManager> taskManagers() {
        return taskManagers;
    }

    /** A TaskManager that works for that job now; an idle one is no loss. */
    public TaskManager busy(String job) throws IOException {
        for (JsonNode vertex : rest("/jobs/" + job).path("vertices")) {
            for (JsonNode task : rest("/jobs/" + job + "/vertices/"
                            + vertex.path("id").asText())
                    .path("subtasks")) {
                String id = task.path("taskmanager-id").asText();
                for (TaskManager taskManager : taskManagers) {
                    if (taskManager.name().equals(id)) {
                        return taskManager;
                    }
                }
            }
        }
        throw new StackError("no TaskManager runs job " + job);
    }

    /** All processes, in the order in which they start. */
    public List<Server> servers() {
        List<Server> servers = new ArrayList<>(List.of(zooKeeper, jobManager));
        servers.addAll(taskManagers);
        return servers;
    }

    /** Starts all and waits until the JobManager counts on every TaskManager. */
    public void startAndAwait() {
        servers().forEach(Server::start);
        servers().forEach(Server::awaitReady);
    }

    /** Stops all, the last started first. What jobs knew at their last checkpoint stays. */
    public void stop() {
        List<Server> servers = servers();
        for (int i = servers.size() - 1; i >= 0; i--) {
            servers.get(i).stop();
        }
    }

    /** While no JobManager runs: removes what would keep the next one from starting. Returns ids of jobs. */
    List<String> forgetRefusedJobs() {
        return RefusedJobs.forget(settings.jobResults());
    }

    /** Folder of savepoints and checkpoints. */
    Path storedState() {
        return settings.folder();
    }

    /** Deletes what the processes put aside while they ran. */
    void tidy() {
        Folders.delete(settings.temporary("."));
    }

    /** {@code HOST:PORT} of the REST interface, as clients want it. */
    public String restAddress() {
        return "127.0.0.1:" + settings.restPort();
    }

    /** A document of the REST interface, such as {@code /jobs/overview}. */
    public JsonNode rest(String path) throws IOException {
        return Http.get(jobManager.address() + path);
    }
}
