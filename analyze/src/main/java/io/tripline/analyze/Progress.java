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

    private final @Nullable ScheduledExecutorService timer;
    private @Nullable ProgressBar bar;

    private Progress(@Nullable ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Follows a source's position until closed. */
    static Progress of(PacketSource source) {
        if (!isTerminal()) {
            return new Progress(null);
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        Progress progress = new Progress(timer);
        var unused = timer.scheduleAtFixedRate(
                () -> progress.show(source), BEFORE_SHOWN.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS);
        return progress;
    }

    /** Whether someone watches: {@code tripline} tells, since Java cannot ask about standard error alone. */
    private static boolean isTerminal() {
        return Boolean.getBoolean("tripline.terminal");
    }

    private synchronized void show(PacketSource source) {
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
