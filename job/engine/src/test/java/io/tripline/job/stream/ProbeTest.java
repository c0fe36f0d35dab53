package io.tripline.job.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.JobSettings;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.alert.Raising;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActivityFold;
import io.tripline.schemas.BatchEncoding;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.SensorName;
import io.tripline.sensor.Sensor;
import io.tripline.sensor.capture.ProbeScan;
import io.tripline.sensor.flow.SensorSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** What a sensor publishes with {@code --probe} is found, counted, and raised for nobody. */
@SuppressWarnings("try") // harnesses declare that close() throws Exception
class ProbeTest {
    private static final long NOW = 1_790_000_000_400_000L;

    private static List<PacketBatch> published(String sensor) {
        BatchEncoding.trustSchemas();
        List<PacketBatch> batches = new ArrayList<>();
        Sensor probe = new Sensor(
                SensorSettings.of(SensorName.ofProbe(sensor), ""),
                batch -> batches.add(PacketBatch.newBuilder(batch).build()));
        new ProbeScan(sensor, NOW).read(probe, Integer.MAX_VALUE);
        probe.flush();
        return batches;
    }

    private static List<Finding> findings(List<PacketBatch> batches) throws Exception {
        List<Activity> activities = new ArrayList<>();
        ActivityFold fold = new ActivityFold(activities::add);
        batches.forEach(fold::add);
        fold.flush();
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new ActorFunction(JobSettings.DEFAULT)), Activity::actor, Types.ADDRESS)) {
            harness.open();
            for (Activity activity : activities) {
                harness.processElement(activity, StreamTime.endOfSecond(activity.second()));
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);
            return harness.extractOutputValues();
        }
    }

    private static List<Alert> alerts(List<Finding> findings) throws Exception {
        try (var harness = new KeyedOneInputStreamOperatorTestHarness<>(
                new AlertOperator(new AlertFunction(JobSettings.DEFAULT, Map.of(), JobGraph.Clock.WALL)),
                AlertAssembler::id,
                BasicTypeInfo.STRING_TYPE_INFO)) {
            harness.open();
            for (Finding finding : findings) {
                harness.processElement(finding, 0);
            }
            return harness.extractOutputValues();
        }
    }

    @Test
    void shouldBeFoundAsAPortScanAndRaisedForNobody() throws Exception {
        List<Finding> findings = findings(published("east"));

        assertThat(findings).extracting(Finding::rule).contains("port-scan");
        assertThat(findings).allSatisfy(finding -> assertThat(finding.sensors()).containsOnlyKeys("east/probe"));
        assertThat(alerts(findings)).isNotEmpty().extracting(Alert::allowedBy).containsOnly(Raising.PROBE);
    }

    /** Whoever forges the addresses of a probe is seen by a sensor, which is none. */
    @Test
    void shouldRaiseTheSameScanThatASensorSaw() throws Exception {
        List<PacketBatch> batches = published("east");
        batches.add(PacketBatch.newBuilder(batches.get(0)).setSensor("east").build());

        assertThat(alerts(findings(batches)))
                .isNotEmpty()
                .extracting(Alert::suppressed)
                .containsOnly(false);
    }

    @Test
    void shouldBeOneIncidentForEachSensor() throws Exception {
        Finding east = findings(published("east")).get(0);
        Finding west = findings(published("west")).get(0);

        assertThat(east.actor()).isNotEqualTo(west.actor());
    }
}
