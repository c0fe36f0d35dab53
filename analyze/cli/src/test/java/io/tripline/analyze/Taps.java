package io.tripline.analyze;

import com.fasterxml.jackson.databind.JsonNode;
import io.tripline.rules.JobSettings;
import io.tripline.schemas.AlertSchema;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.Captures;
import io.tripline.sensor.capture.PacketSink;
import io.tripline.sensor.flow.SensorSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * Sensors side by side on one wire, each of which sees the packets that it is said to. As live ones do, all hand over
 * what they have at least every tenth of a second, so that none of them is late.
 */
final class Taps implements PacketSink {
    private static final long TENTH = 100_000;

    /** Which packets a sensor sees. */
    interface Sees {
        Sees ALL = (time, ethernet, offset) -> true;

        boolean sees(long time, DirectBuffer ethernet, int offset);
    }

    /** A sensor by name with what it sees; {@code delay} is how much later it sees it, microseconds. */
    record Tap(String sensor, Sees sees, long delay) {
        Tap(String sensor, Sees sees) {
            this(sensor, sees, 0);
        }
    }

    private final List<Tap> taps;
    private final List<Sensor> sensors = new ArrayList<>();
    private long due = Long.MIN_VALUE;

    private Taps(List<Tap> taps, Consumer<PacketBatch> batches) {
        this.taps = taps;
        for (Tap tap : taps) {
            sensors.add(new Sensor(SensorSettings.of(tap.sensor(), "lan").withConversations(1 << 16), batches));
        }
    }

    @Override
    public void packet(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        if (time >= due) {
            flush();
            due = time + TENTH;
        }
        for (int i = 0; i < taps.size(); i++) {
            if (taps.get(i).sees().sees(time, buffer, offset)) {
                sensors.get(i).packet(time + taps.get(i).delay(), linkType, buffer, offset, captured, length);
            }
        }
    }

    private void flush() {
        sensors.forEach(Sensor::flush);
    }

    /** The last document of each alert that these sensors give for captures, by first event time. */
    static List<JsonNode> alerts(Path work, JobSettings settings, int parallelism, List<Path> files, Tap... taps)
            throws Exception {
        return text(work, settings, parallelism, files, taps)
                .lines()
                .map(AlertSchema::check)
                .toList();
    }

    static String text(Path work, JobSettings settings, int parallelism, List<Path> files, Tap... taps)
            throws Exception {
        Path alerts = Files.createTempFile(work, "alerts", "");
        Captures captures = Captures.open(files.stream().map(Path::toString).toList(), InputStream.nullInputStream());
        try (Results results = new Results();
                AnalysisRun run = new AnalysisRun(captures, batches -> feed(List.of(taps), batches), results)) {
            run.start();
            Engine.DIRECT.execute(run, settings, parallelism);
            results.complete();
            results.alerts().writeTo(alerts);
        }
        return Files.readString(alerts);
    }

    private static AnalysisRun.Feed feed(List<Tap> taps, Consumer<PacketBatch> batches) {
        Taps all = new Taps(taps, batches);
        return new AnalysisRun.Feed(all, all::flush);
    }

    /**
     * Of an IPv4 segment or datagram over Ethernet: whether the sum of its ports is odd, which is the same for both
     * directions.
     */
    static boolean isOdd(DirectBuffer ethernet, int offset) {
        int ports = offset + 34;
        return ((ethernet.getByte(ports + 1) ^ ethernet.getByte(ports + 3)) & 1) == 1;
    }

    /** Whether it comes from the host whose IPv4 address ends so. */
    static boolean isFrom(int lastByte, DirectBuffer ethernet, int offset) {
        return (ethernet.getByte(offset + 29) & 0xff) == lastByte;
    }

    /** A capture of its own. */
    static Path file(Path work, TestCapture capture) throws IOException {
        return capture.write(Files.createTempFile(work, "capture", ".pcap"));
    }
}
