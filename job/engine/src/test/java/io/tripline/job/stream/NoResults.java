package io.tripline.job.stream;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.engine.Late;
import io.tripline.rules.traffic.IndicatorEvent;
import io.tripline.rules.traffic.TrafficMinute;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** Throws all results away; a test overrides those that it looks at. */
public class NoResults implements JobGraph.Results {
    @Override
    public Sink<Alert> alerts() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<Alert> suppressed() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<IndicatorEvent> indicatorEvents() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<TrafficMinute> trafficMinutes() {
        return new DiscardingSink<>();
    }

    @Override
    public Sink<Late> late() {
        return new DiscardingSink<>();
    }
}
