package io.tripline.job.stream;

import io.tripline.rules.alert.Alert;
import io.tripline.rules.incident.Finding;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/**
 * Runs the {@link AlertFunction}, and when a job goes on from stored state has it look once at each incident that is
 * open: with the first watermark, which is when other operators begin to forget what was kept for rules that are off
 * now.
 */
final class AlertOperator extends KeyedProcessOperator<String, Finding, Alert> {
    private static final long serialVersionUID = 1;

    /** As the class above calls them. */
    private static final String TIMERS = "user-timers";

    AlertOperator(AlertFunction function) {
        super(function);
    }

    @Override
    public void open() throws Exception {
        super.open();
        InternalTimerService<VoidNamespace> timers =
                getInternalTimerService(TIMERS, VoidNamespaceSerializer.INSTANCE, this);
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        AlertFunction.OPEN,
                        (key, open) -> timers.registerEventTimeTimer(VoidNamespace.INSTANCE, Long.MIN_VALUE + 1));
    }
}
