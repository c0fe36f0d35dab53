package io.tripline.stack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** A process that does a Flink cluster's work. */
public final class TaskManager implements Server {
    private final FlinkSettings settings;
    private final int number;
    private final ServerProcess process;

    TaskManager(FlinkSettings settings, int number) {
        this.settings = settings;
        this.number = number;
        this.process = new ServerProcess(name(), settings.dir());
    }

    @Override
    public String name() {
        return "taskmanager-" + number;
    }

    /** TaskManagers are found through the JobManager; this is how it calls this one. */
    @Override
    public String address() {
        return "id " + name();
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public void start() {
        if (isRunning()) {
            return;
        }
        settings.write();
        forgetStateLogs();
        process.start(
                JavaInstallation.from(17).orElseThrow(),
                ServerJars.FLINK.jars(),
                settings.taskManagerOptions(),
                List.of(
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        "--configDir",
                        settings.conf().toString(),
                        "-Dtaskmanager.resource-id=" + name(),
                        "-Dio.tmp.dirs=" + Folders.emptied(settings.temporary(name()))));
    }

    @Override
    public void stop() {
        Server.super.stop();
        forgetStateLogs();
    }

    /** RocksDB logs beside the TaskManager, in files named after its own, and leaves them there when it is killed. */
    private void forgetStateLogs() {
        Folders.deleteFiles(Objects.requireNonNull(process.log().getParent()), "*" + name() + "_*_LOG*");
    }

    /**
     * Whether the JobManager counts on it. One that was killed is still listed for a while, so its process must live
     * too.
     */
    @Override
    public boolean isReady() {
        if (!isRunning()) {
            return false;
        }
        try {
            for (JsonNode listed : Http.get("http://127.0.0.1:" + settings.restPort() + "/taskmanagers")
                    .path("taskmanagers")) {
                if (listed.path("id").asText().equals(name())
                        && listed.path("slotsNumber").asInt() == settings.slots()) {
                    return true;
                }
            }
            return false;
        } catch (IOException notYet) {
            return false;
        }
    }
}
