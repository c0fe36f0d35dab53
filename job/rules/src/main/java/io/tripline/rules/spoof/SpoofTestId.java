package io.tripline.rules.spoof;

import io.tripline.rules.incident.TestId;

/** Tests of {@link ArpSpoof}, each with what it is a sign of; each is made about the seconds of its window. */
enum SpoofTestId implements TestId {
    BETWEEN(SpoofSign.BETWEEN, "seconds of %s in which each of two hosts was told of the other's address"),
    TOLD(SpoofSign.TOLD, "seconds of %s in which one host was told of another's address"),
    PUSHED(SpoofSign.DISPUTED, "seconds of %s in which one host was told of an address whose holder went on"),
    ANNOUNCED(SpoofSign.DISPUTED, "seconds of %s in which an address was claimed whose holder went on"),
    ONE_WAY(SpoofSign.ONE_WAY, "seconds of %s in which one receiver was told unasked of an address"),
    MANY(SpoofSign.MANY, "distinct addresses claimed unasked in %s s"),
    DENIED(SpoofSign.DENIED, "distinct addresses in %s s that were claimed as others tried them"),
    SHARED(SpoofSign.SHARED, "seconds of %s in which it answered for an address that another answers for");

    private final SpoofSign sign;
    private final String phrase;

    SpoofTestId(SpoofSign sign, String phrase) {
        this.sign = sign;
        this.phrase = phrase;
    }

    SpoofSign sign() {
        return sign;
    }

    @Override
    public String phrase() {
        return phrase;
    }
}
