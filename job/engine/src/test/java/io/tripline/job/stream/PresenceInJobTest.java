package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.stream.JobGraph.Clock;
import io.tripline.rules.JobSettings;
import io.tripline.rules.alert.Alert;
import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole job on two live sensors: an outage of the brokers is no alert, a dead sensor is one that is not closed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PresenceInJobTest {
    private static final long START = 1_790_000_000L;
    private static final long SECOND = 1_000_000;

    private static final Queue<Alert> ALERTS = new ConcurrentLinkedQueue<>();

    /** Hands alerts to the test, in whose process it runs. */
    private static final class Collecting implements Sink<Alert> {
        private static final long serialVersionUID = 1;

        @Override
        public SinkWriter<Alert> createWriter(WriterInitContext context) {
            return new SinkWriter<>() {
                @Override
                public void write(Alert alert, Context ignored) {
                    ALERTS.add(alert);
                }

                @Override
                public void flush(boolean endOfInput) {
                    // Nothing waits.
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }

    private static final class AlertsOnly extends NoResults {
        @Override
        public Sink<Alert> alerts() {
            return new Collecting();
        }
    }

    private final List<PacketBatch> batches = new ArrayList<>();
    private final long[] sequences = new long[2];

    private void heartbeat(int sensor, long second, boolean spooled) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("tap-" + sensor);
        batch.setSegment("lan");
        batch.setVersion("");
        batch.setRun(START * SECOND);
        batch.setSequence(sequences[sensor]++);
        batch.setTime((START + second) * SECOND);
        batch.setNewest(batch.getTime());
        batch.setSentAt(batch.getTime());
        batch.setSpooled(spooled);
        batch.setAnswersVisible(true);
        batch.setProtocols(List.of());
        batch.setUnread(List.of());
        batch.setRecords(List.of());
        batch.setVolumes(List.of());
        batches.add(batch);
    }

    private List<String> messages() throws Exception {
        BatchEncoding.trustSchemas();
        Configuration configuration = JobGraph.configuration();
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        SingleOutputStreamOperator<PacketBatch> source = environment
                .fromData(new AvroTypeInfo<>(PacketBatch.class), batches.toArray(PacketBatch[]::new))
                .assignTimestampsAndWatermarks(StreamTime.ofBatches());
        JobGraph.build(source, JobSettings.DEFAULT, Clock.NONE, new AlertsOnly());
        ALERTS.clear();
        environment.execute();
        return ALERTS.stream().map(alert -> alert.stage() + " " + alert.json()).toList();
    }

    @Test
    void shouldTellOfADeadSensorOnceAndNotCloseItAndOfAnOutageNothing() throws Exception {
        for (long second = 0; second < 10; second++) {
            heartbeat(0, second, false);
            heartbeat(1, second, false);
        }
        // The brokers are away for five minutes: one sensor spools, the other has nothing to spool.
        for (long second = 10; second < 310; second++) {
            heartbeat(0, second, true);
        }
        for (long second = 310; second < 330; second++) {
            heartbeat(0, second, false);
            heartbeat(1, second, false);
        }
        assertThat(messages()).isEmpty();

        for (long second = 330; second < 1_000; second++) {
            heartbeat(0, second, false);
        }
        assertThat(messages())
                .singleElement()
                .asString()
                .startsWith("OPENED ")
                .contains("Sensor tap-1 sent nothing for 61 s while others went on");
    }
}
