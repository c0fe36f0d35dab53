package io.tripline.job.program;

import io.tripline.job.kafka.TopicSetup;
import io.tripline.job.program.JobOptions.StateBackend;
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
        options.job(settings)
                .start(
                        StreamExecutionEnvironment.getExecutionEnvironment(
                                options.configuration(StateBackend.ROCKSDB, null, null)),
                        name);
    }
}
