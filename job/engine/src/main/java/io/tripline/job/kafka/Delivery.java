package io.tripline.job.kafka;

import org.apache.flink.connector.base.DeliveryGuarantee;

/** What a reader of the alerts' topic may rely on after a failure. */
public enum Delivery {
    /** Every document arrives at once, and some may come again with the same key. */
    AT_LEAST_ONCE(DeliveryGuarantee.AT_LEAST_ONCE),
    /** No document comes again for readers with {@code isolation.level=read_committed}; each waits for a checkpoint. */
    EXACTLY_ONCE(DeliveryGuarantee.EXACTLY_ONCE);

    private final DeliveryGuarantee guarantee;

    Delivery(DeliveryGuarantee guarantee) {
        this.guarantee = guarantee;
    }

    DeliveryGuarantee guarantee() {
        return guarantee;
    }
}
