package io.tripline.sensor.decode;

/** What the next bytes of a packet are. */
enum Layer {
    ETHERNET,
    IPV4,
    IPV6,
    ARP,
    TRANSPORT,

    /** Nothing more to read, or nothing that can be read. */
    DONE
}
