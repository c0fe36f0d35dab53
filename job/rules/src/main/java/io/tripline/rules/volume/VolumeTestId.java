package io.tripline.rules.volume;

import io.tripline.rules.incident.TestId;

/** Tests of {@link VolumeOutlier}, of one measure or the other; those of a median are made about how many it is of. */
public enum VolumeTestId implements TestId {
    BYTES_SURPLUS("bytes beyond what came back in 60 s"),
    BYTES_OWN_MEDIAN("bytes against its own median in %s minutes"),
    BYTES_OWN_MOST("bytes against its own usual most"),
    BYTES_OTHERS_MEDIAN("bytes against the median of %s other sources"),
    BYTES_OTHERS_FENCE("bytes against Q3 + 1.5 IQR of others"),
    BYTES_OTHERS_SIGMA("bytes against mean + 2 sigma of others"),
    PACKETS_SURPLUS("packets beyond what came back in 60 s"),
    PACKETS_OWN_MEDIAN("packets against its own median in %s minutes"),
    PACKETS_OWN_MOST("packets against its own usual most"),
    PACKETS_OTHERS_MEDIAN("packets against the median of %s other sources"),
    PACKETS_OTHERS_FENCE("packets against Q3 + 1.5 IQR of others"),
    PACKETS_OTHERS_SIGMA("packets against mean + 2 sigma of others"),
    TOTAL_PACKETS("packets in all");

    private final String phrase;

    VolumeTestId(String phrase) {
        this.phrase = phrase;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
