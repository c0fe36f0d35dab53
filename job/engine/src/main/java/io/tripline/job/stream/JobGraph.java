package io.tripline.job.stream;

import io.tripline.rules.JobSettings;
import io.tripline.rules.Subjects;
import io.tripline.rules.alert.Alert;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.engine.Late;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.Subject;
import io.tripline.rules.engine.Subject.Feed;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import io.tripline.schemas.PacketBatch;
import java.util.Map;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ParameterTool;

/**
 * The whole job on one screen: batches → activities → findings → alerts, with traffic totals and indicators beside.
 * Where batches come from and where results go are parameters; what lies between is the same for a capture file and for
 * a cluster.
 *
 * <p>Which operators there are does not depend on the settings: a savepoint of any settings goes on with any other. A
 * rule that is off is a branch in its operator; nothing is folded for it.
 */
public final class JobGraph {
    /**
     * Keys are spread over so many groups; it bounds the parallelism for ever, since stored state is cut along them.
     */
    private static final int KEY_GROUPS = 720;

    /** Of {@link #parameters}. */
    static final String SETTINGS_REFUSED = "tripline.settings-refused";

    /** Where results go. */
    public interface Results {
        Sink<Alert> alerts();

        /** Where they go besides, by the uid of the sink. */
        default Map<String, Sink<Alert>> alertsToo() {
            return Map.of();
        }

        /** Alerts that are not raised, because the settings allow what they are about. */
        Sink<Alert> suppressed();

        Sink<IndicatorEvent> indicatorEvents();

        Sink<TrafficMinute> trafficMinutes();

        /**
         * Whether minutes come whole, once for each sensor when the watermark has passed; otherwise in parts, as soon
         * as there are any.
         */
        default boolean wholeMinutes() {
            return false;
        }

        /**
         * Whether anybody wants minutes. Where not they are not counted; what puts them together is there all the same.
         */
        default boolean countsTraffic() {
            return true;
        }

        Sink<Late> late();
    }

    /** Whether alerts tell when they were made, and how long it took. */
    public enum Clock {
        /** They do not: equal packets give documents that are equal byte for byte. */
        NONE,
        WALL
    }

    private JobGraph() {}

    /**
     * What a job tells of its settings, beside its name.
     *
     * @param refused whether those of now have mistakes, and older ones hold
     */
    public static ExecutionConfig.GlobalJobParameters parameters(boolean refused) {
        return ParameterTool.fromMap(Map.of(SETTINGS_REFUSED, String.valueOf(refused)));
    }

    /** What every environment that runs this job must be set to. */
    public static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.MAX_PARALLELISM, KEY_GROUPS);
        return configuration;
    }

    /**
     * Builds the job.
     *
     * @param sourceParallelism how many instances read batches; 1 where one sensor's order matters
     * @param settings what holds without a file: {@link JobSettings#DEFAULT}
     */
    public static void build(
            StreamExecutionEnvironment environment,
            Source<PacketBatch, ?, ?> batches,
            int sourceParallelism,
            JobSettings settings,
            Results results) {
        SingleOutputStreamOperator<PacketBatch> source = environment
                .fromSource(batches, StreamTime.ofBatches(), "packet batches", new AvroTypeInfo<>(PacketBatch.class))
                .uid("packet-batches")
                .setParallelism(sourceParallelism);
        build(source, settings, Clock.NONE, results);
    }

    /**
     * Builds the job on batches that come with watermarks.
     *
     * @param clock whether alerts tell when they were made
     */
    public static void build(
            SingleOutputStreamOperator<PacketBatch> batches, JobSettings settings, Clock clock, Results results) {
        int sourceParallelism = batches.getParallelism();
        SingleOutputStreamOperator<Activity> activities = batches.transform(
                        "fold into activities",
                        Types.ACTIVITY,
                        new FoldOperator.Factory(
                                settings,
                                IntelParcel.of(settings.intel(), batches.getExecutionEnvironment()),
                                results.countsTraffic()))
                .uid("fold")
                .setParallelism(sourceParallelism);

        SingleOutputStreamOperator<Finding> aboutActors = activities
                .keyBy(Activity::actor, Types.ADDRESS)
                .process(new ActorFunction(settings.withoutIntel()), Types.FINDING)
                .name("rules about actors")
                .uid(ActorFunction.UID);
        DataStream<Finding> findings = aboutActors;
        DataStream<Late> late = aboutActors.getSideOutput(Types.LATE);
        for (Subject<?, ?, ?> subject : Subjects.ALL) {
            // What actors tried in vain is known only after they were judged.
            SingleOutputStreamOperator<?> origin = subject.feed() == Feed.ACTORS ? aboutActors : activities;
            SingleOutputStreamOperator<Finding> about = judge(origin, subject, settings);
            findings = findings.union(about);
            late = late.union(about.getSideOutput(Types.LATE));
        }

        // One stream first: each that is keyed takes network buffers for every pair of instances.
        SingleOutputStreamOperator<Alert> alerts = findings.map(finding -> finding)
                .returns(Types.FINDING)
                .name("findings")
                .uid("findings")
                .keyBy(AlertAssembler::id)
                .transform(
                        "alerts",
                        Types.ALERT,
                        new AlertOperator(new AlertFunction(settings.withoutIntel(), settings.off(), clock)))
                .uid("alerts");
        DataStream<Alert> raised =
                alerts.filter(alert -> !alert.suppressed()).name("raised").uid("raised");
        raised.sinkTo(results.alerts()).name("alert sink").uid("alert-sink");
        results.alertsToo().forEach((uid, sink) -> raised.sinkTo(sink).name(uid).uid(uid));
        alerts.filter(Alert::suppressed)
                .name("suppressed")
                .uid("suppressed")
                .sinkTo(results.suppressed())
                .name("sink of suppressed alerts")
                .uid("suppressed-sink");
        RetiredOperators.standIn(late, RetiredOperators.UIDS)
                .sinkTo(results.late())
                .name("late sink")
                .uid("late-sink");

        activities
                .getSideOutput(FoldOperator.EVENTS)
                .sinkTo(results.indicatorEvents())
                .name("indicator sink")
                .uid("indicator-sink")
                .setParallelism(sourceParallelism);
        DataStream<TrafficMinute> minutes = activities.getSideOutput(FoldOperator.MINUTES);
        if (results.wholeMinutes()) {
            minutes.keyBy(MinuteKey::of, MinuteKey.TYPE)
                    .process(new MinuteFunction(), Types.TRAFFIC_MINUTE)
                    .name("whole minutes of traffic")
                    .uid("traffic-minutes")
                    .sinkTo(results.trafficMinutes())
                    .name("traffic sink")
                    .uid("traffic-sink");
        } else {
            minutes.sinkTo(results.trafficMinutes())
                    .name("traffic sink")
                    .uid("traffic-sink")
                    .setParallelism(sourceParallelism);
        }
    }

    private static <K, P extends Part<K, P>> SingleOutputStreamOperator<Finding> judge(
            SingleOutputStreamOperator<?> origin, Subject<K, P, ?> subject, JobSettings settings) {
        return origin.getSideOutput(SubjectFunction.partsOf(subject))
                .keyBy(P::subject, new CodecTypeInfo<>(subject.key()))
                .process(
                        new SubjectFunction<>(subject, settings.withoutIntel(), settings.isAnyOn(subject.uid())),
                        Types.FINDING)
                .name(subject.name())
                .uid(subject.uid());
    }
}
