package io.tripline.sensor.program;

import io.tripline.sensor.capture.live.CaptureFailure;
import io.tripline.sensor.capture.live.LiveSettings;
import io.tripline.sensor.capture.live.Privileges;
import io.tripline.sensor.publish.Notices;
import io.tripline.sensor.publish.Target;
import io.tripline.sensor.publish.WallClock;
import io.tripline.shell.ExitStatus;
import io.tripline.shell.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Live capture from start to stop: reach the target, open interfaces, give up root, capture until a signal. */
final class LiveRun {
    private static final int SNAPLEN = 2_048;
    private static final long BUFFER = 32 << 20;

    /** What a sensor takes besides its flow tables: batches that wait, batches on their way, the programs. */
    private static final long REST = 200L << 20;

    /** Bytes of a conversation. */
    private static final long SLOT = 64;

    private static final long SLACK = 50L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SensorChoices chosen;
    private final WallClock clock;
    private final Notices notices;
    private final Stop stop;

    LiveRun(SensorChoices chosen, WallClock clock, Notices notices, Stop stop) {
        this.chosen = chosen;
        this.clock = clock;
        this.notices = notices;
        this.stop = stop;
    }

    int run() throws Exception {
        checkMemory();
        long run = clock.micros();
        Privileges.@Nullable Account account = account();
        Target.SpoolSettings spool = chosen.spool();
        if (account != null && spool != null) {
            hand(spool.folder(), account);
        }
        Target.Opened target = chosen.target().open(chosen.name(), run, spool, true, clock, notices);
        List<LiveSensor> sensors = sensors(target, run);
        MetricsServer metrics = MetricsServer.start(
                chosen.metrics(),
                SensorMetrics.of(target.publisher(), sensors),
                Health.of(target.publisher(), sensors));
        try {
            for (LiveSensor sensor : sensors) {
                sensor.open();
            }
            if (account != null) {
                Privileges.become(account);
            }
            target.publisher().start();
            capture(sensors);
        } catch (CaptureFailure e) {
            target.publisher().close(Duration.ZERO);
            throw failure(e);
        } finally {
            metrics.close();
        }
        long lost = target.publisher().close(PATIENCE);
        if (lost > 0) {
            notices.tell("lost", lost + " packets could neither be published nor spooled; the next run reports them");
        }
        for (LiveSensor sensor : sensors) {
            Exception fatal = sensor.fatal();
            if (fatal != null) {
                throw fatal instanceof CaptureFailure ended ? failure(ended) : fatal;
            }
        }
        return target.publisher().failure() == null ? ExitStatus.DONE : ExitStatus.INPUT_OUTPUT;
    }

    private static UserError failure(CaptureFailure e) {
        boolean wrong = e.kind() == CaptureFailure.Kind.WRONG || e.kind() == CaptureFailure.Kind.MISSING;
        return new UserError(wrong ? ExitStatus.USAGE : ExitStatus.INPUT_OUTPUT, String.valueOf(e.getMessage()));
    }

    private void checkMemory() {
        long sensors = chosen.interfaces().size();
        long tables = sensors * SLOT * chosen.sensor(chosen.name(), "").conversations();
        long heap = Runtime.getRuntime().maxMemory();
        if (tables + REST > heap) {
            throw UserError.usage("the flow tables take " + mebibytes(tables) + " MiB and the rest " + mebibytes(REST)
                    + " MiB, but Java has " + mebibytes(heap) + " MiB; set TRIPLINE_JAVA_OPTS=-Xmx"
                    + mebibytes(tables + REST + SLACK) + "m, or lower --conversations");
        }
    }

    private static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    private Privileges.@Nullable Account account() {
        String user = chosen.choices().text("user");
        if (user == null) {
            return null;
        }
        Privileges.Account account = Privileges.find(user);
        if (account == null) {
            throw chosen.choices().wrong("user", "no such user: " + user);
        }
        return account;
    }

    /** Makes the spool's folder, and its files of earlier runs, the user's. */
    private static void hand(Path folder, Privileges.Account account) throws IOException {
        Files.createDirectories(folder);
        try (var inside = Files.list(folder)) {
            for (Path each : inside.toList()) {
                if (Files.isRegularFile(each, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                    Files.setAttribute(each, "unix:uid", account.user(), java.nio.file.LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
        Files.setAttribute(folder, "unix:uid", account.user());
    }

    private List<LiveSensor> sensors(Target.Opened target, long run) {
        String filter = chosen.choices().text("filter", "");
        if (chosen.target() instanceof Target.Kafka kafka && !chosen.choices().flag("capture-own-traffic")) {
            List<InetSocketAddress> brokers = new ArrayList<>(target.brokers());
            brokers.addAll(OwnTraffic.named(kafka.settings().brokers()));
            filter = OwnTraffic.exclude(brokers, filter);
        }
        LiveSettings settings = new LiveSettings(
                filter,
                (int) chosen.choices().number("snaplen", 64, 262_144, SNAPLEN),
                (int) chosen.choices().bytes("buffer-size", 1 << 20, 1 << 30, BUFFER),
                !chosen.choices().flag("no-promiscuous"));
        List<LiveSensor> sensors = new ArrayList<>();
        for (String each : chosen.interfaces()) {
            String name = chosen.interfaces().size() == 1 ? chosen.name() : chosen.name() + "/" + each;
            sensors.add(new LiveSensor(
                    chosen.sensor(name, chosen.segment(each, name)),
                    each,
                    settings,
                    target.publisher(),
                    run,
                    clock,
                    notices,
                    stop));
        }
        return sensors;
    }

    private void capture(List<LiveSensor> sensors) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (LiveSensor sensor : sensors) {
            Thread thread = new Thread(sensor, "tripline-capture-" + sensor.name());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        notices.tell(
                "start",
                "capturing on " + String.join(", ", chosen.interfaces()) + ", publishing to " + chosen.targetName());
        while (!stop.await(1_000)) {
            if (threads.stream().noneMatch(Thread::isAlive)) {
                break;
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
