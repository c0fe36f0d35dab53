package io.tripline.rules.spoof;

/** What speaks for an address being claimed by who does not have it. */
public enum SpoofSign {
    /** One device told the holders of two addresses that it is the other: it puts itself between them. */
    BETWEEN,

    /** One host was told again and again, unasked, although somebody else has the address. */
    TOLD,

    /** The address was claimed unasked again and again while its holder went on. */
    DISPUTED,

    /** One receiver was told again and again, unasked; the holder was not seen. */
    ONE_WAY,

    /** Many addresses were claimed unasked. */
    MANY,

    /** Hosts that tried new addresses were told that these are taken. */
    DENIED,

    /** Two devices answer for the address, both asked. */
    SHARED
}
