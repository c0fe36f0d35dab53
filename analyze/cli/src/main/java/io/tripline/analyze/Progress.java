package io.tripline.analyze;

import io.tripline.sensor.capture.PacketSource;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far reading has come: on standard error, only where that is a terminal, and only after a moment. */
final class Progress implements AutoCloseable {
    private static final Duration BEFORE_SHOWN = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofMillis(200);

    private final PacketSource source;
    private @Nullable ScheduledExecutorService timer;
    private @Nullable ProgressBar bar;

    private Progress(PacketSource source) {
        this.source = source;
    }

    /** For a source's position. */
    static Progress of(PacketSource source) {
        return new Progress(source);
    }

    /** Follows the source until closed. */
    void start() {
        if (isTerminal()) {
            ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "progress");
                thread.setDaemon(true);
                return thread;
            });
            timer = started;
            var unused = started.scheduleAtFixedRate(
                    this::show, BEFORE_SHOWN.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whether someone watches: {@code tripline} tells, since Java cannot ask about standard error alone. */
    private static boolean isTerminal() {
        return Boolean.getBoolean("tripline.terminal");
    }

    private synchronized void show() {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setTaskName("reading")
                    .setInitialMax(source.size())
                    .setUnit(" MiB", 1024L * 1024)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis((int) STEP.toMillis())
                    .clearDisplayOnFinish()
                    .build();
        }
        bar.stepTo(source.position());
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
