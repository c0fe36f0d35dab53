package io.tripline.job.program;

import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options that say which cluster, and which of its jobs. */
final class ClusterOptions {
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9a-fA-F:]+)]|([^:/\\s]+)):([0-9]{1,5})");

    @Option(
            names = "--jobmanager",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:8081",
            description = "REST address of the cluster. Default: ${DEFAULT-VALUE}.")
    private String jobManager = "localhost:8081";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "tripline",
            description = "Name of the job. Default: ${DEFAULT-VALUE}.")
    private String name = "tripline";

    String name() {
        return name;
    }

    /** Words of a command line that say the same. */
    List<String> arguments() {
        return List.of("--jobmanager", jobManager, "--name", name);
    }

    Cluster cluster() {
        Matcher address = ADDRESS.matcher(jobManager);
        if (!address.matches() || Integer.parseInt(address.group(3)) > 65_535) {
            throw new UserError(ExitStatus.USAGE, "--jobmanager must be an address such as localhost:8081");
        }
        String host = address.group(1) == null ? address.group(2) : address.group(1);
        return new Cluster(host, Integer.parseInt(address.group(3)));
    }
}
