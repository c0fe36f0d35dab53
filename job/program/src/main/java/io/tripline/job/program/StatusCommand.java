package io.tripline.job.program;

import io.tripline.shell.ExitStatus;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the cluster runs. */
@Command(name = "status", mixinStandardHelpOptions = true, description = "Lists the jobs that a cluster runs.")
final class StatusCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        List<JobStatusMessage> jobs = cluster.cluster().jobs();
        for (JobStatusMessage job : jobs) {
            out.printf(
                    "%s  %s  %s  since %s%n",
                    job.getJobId(),
                    job.getJobState().name().toLowerCase(Locale.ROOT),
                    job.getJobName(),
                    Instant.ofEpochMilli(job.getStartTime()));
        }
        if (jobs.isEmpty()) {
            out.println("no job is running");
        }
        return ExitStatus.DONE;
    }
}
