package io.tripline.job.program;

import io.tripline.job.kafka.TopicSetup;
import io.tripline.job.program.JobOptions.StateBackend;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The job as Flink calls it: the main class of an application cluster, or of a jar that was uploaded to a session cluster. Where checkpoints lie and
 * what the job goes on from is the cluster's setting. Ends with an exception, never the process: that is the JobManager's.
 */
@Command(name = "JobApplication", description = "Runs on the JobManager of a Flink cluster.")
public final class JobApplication {
    private static final Logger LOG = LoggerFactory.getLogger(JobApplication.class);

    @Mixin
    private JobOptions options = new JobOptions();

    @Option(names = "--name", defaultValue = "tripline", description = "Of the job on the cluster.")
    private String name = "tripline";

    @Option(
            names = "--claim",
            description = "What the job goes on from becomes its own: it deletes it when it needs it no more. For checkpoints.")
    private boolean claim;

    /**
     * Builds the job and starts it.
     *
     * @throws Exception with a message for people where settings are wrong or Kafka refuses
     */
    public static void main(String[] arguments) throws Exception {
        JobApplication application = new JobApplication();
        new CommandLine(application).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        application.start();
    }

    private void start() throws Exception {
        Settings settings = options.settings();
        Reachable.kafka(() -> TopicSetup.check(settings.kafka())).ifPresent(LOG::warn);
        Configuration configuration = options.configuration(StateBackend.ROCKSDB, null, null);
        if (claim) {
            // Flink's start script has no option for it, and overwrites what the cluster's settings say.
            configuration.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        }
        options.job(settings).start(StreamExecutionEnvironment.getExecutionEnvironment(configuration), name);
    }
}
