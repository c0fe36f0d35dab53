package io.tripline.rules.alert;

/** Where traffic goes, seen from the edge of the watched networks: {@code network.direction} of the Elastic Common Schema. */
public enum Direction {
    /** From outside to inside. */
    INBOUND("inbound"),
    /** From inside to outside. */
    OUTBOUND("outbound"),
    /** From inside to inside. */
    INTERNAL("internal"),
    /** From outside to outside. */
    EXTERNAL("external");

    private final String id;

    Direction(String id) {
        this.id = id;
    }

    /** The name in documents. */
    public String id() {
        return id;
    }
}
