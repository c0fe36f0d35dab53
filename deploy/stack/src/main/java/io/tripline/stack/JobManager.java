package io.tripline.stack;

import java.io.IOException;
import java.util.List;

/** The process that plans and watches a Flink cluster's jobs. */
public final class JobManager implements Server {
    private final FlinkSettings settings;
    private final ServerProcess process;

    JobManager(FlinkSettings settings) {
        this.settings = settings;
        this.process = new ServerProcess(name(), settings.dir());
    }

    @Override
    public String name() {
        return "jobmanager";
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + settings.restPort();
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
        process.start(
                JavaInstallation.from(17).orElseThrow(),
                ServerJars.FLINK.jars(),
                settings.jobManagerOptions(),
                List.of(
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        "--configDir",
                        settings.conf().toString(),
                        "--executionMode",
                        "cluster",
                        "-Dio.tmp.dirs=" + Folders.emptied(settings.temporary(name()))));
    }

    /** REST answers, with a leader elected: before that it has no overview to give. */
    @Override
    public boolean isReady() {
        try {
            return isRunning()
                    && Ports.isOpen(settings.restPort())
                    && Http.get(address() + "/overview").has("taskmanagers");
        } catch (IOException notYet) {
            return false;
        }
    }
}
