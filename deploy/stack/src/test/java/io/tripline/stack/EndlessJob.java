package io.tripline.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Counts without haste, so that there is a job to interrupt. */
final class EndlessJob {
    private EndlessJob() {}

    /** Starts the job on a cluster; returns its number. The jar of its classes is written to that folder. */
    static String submit(FlinkCluster flink, Path folder) throws Exception {
        Path jar = folder.resolve("endless.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            add(out, Unhurried.class);
        }
        URI rest = URI.create(flink.jobManager().address());
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createRemoteEnvironment(rest.getHost(), rest.getPort(), jar.toString());
        environment.setParallelism(2);
        environment.enableCheckpointing(500);
        environment.fromSequence(0, Long.MAX_VALUE).map(new Unhurried()).sinkTo(new DiscardingSink<>());
        return environment.executeAsync("endless").getJobID().toString();
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(name));
        try (InputStream bytes = EndlessJob.class.getClassLoader().getResourceAsStream(name)) {
            if (bytes == null) {
                throw new IOException("no " + name);
            }
            bytes.transferTo(out);
        }
        out.closeEntry();
    }

    /** A millisecond for each number. */
    static final class Unhurried implements MapFunction<Long, Long> {
        private static final long serialVersionUID = 1;

        @Override
        public Long map(Long number) {
            LockSupport.parkNanos(1_000_000);
            return number;
        }
    }
}
