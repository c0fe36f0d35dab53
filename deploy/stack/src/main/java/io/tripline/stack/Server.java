package io.tripline.stack;

import java.time.Duration;

/**
 * A server that runs as one process on the loopback address. Stopped or killed, it can be started again on the same
 * data and ports.
 */
public sealed interface Server permits KafkaServer, ElasticServer, ZooKeeperServer, JobManager, TaskManager {
    /** One word, such as {@code kafka}. */
    String name();

    /** Where clients find it: {@code HOST:PORT}, or a URL where it speaks HTTP. */
    String address();

    /** Starts the process and returns at once; does nothing where it runs already. */
    void start();

    /** Whether it does its work now. */
    boolean isReady();

    ServerProcess process();

    /** Waits until it does its work. */
    default void awaitReady() {
        process().awaitReady(Duration.ofMinutes(5), this::isReady);
    }

    /** Lets it end in good order. */
    default void stop() {
        process().stop(Duration.ofSeconds(30));
    }

    /** {@code kill -9}. */
    default void kill() {
        process().kill();
    }

    default boolean isRunning() {
        return process().isRunning();
    }

    /** Starts it and waits until it does its work. */
    default void startAndAwait() {
        start();
        awaitReady();
    }
}
