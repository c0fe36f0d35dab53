package io.tripline.rules.sensor;

import io.tripline.rules.incident.TestId;

/** Tests of {@link SensorHealth} and {@link SensorPresence}; the reason that is told is the {@link SensorEvidence.Trouble} they find. */
public enum SensorTestId implements TestId {
    SILENT("seconds without a batch"),
    LOST_BATCHES("batches lost"),
    LOST_SHARE("per mille of packets lost in a minute"),
    LOST("packets lost in a minute"),
    DISCARDED_SHARE("per mille of packets thrown away in a minute"),
    DISCARDED("packets thrown away in a minute"),
    LEAD("milliseconds between packets and sending"),
    OFFSET("milliseconds off the broker's clock");

    private final String phrase;

    SensorTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
