package io.tripline.sensor.capture.live;

/**
 * How to capture on an interface.
 *
 * @param filter in the language of pcap-filter(7); empty for everything
 * @param snaplen bytes of each packet at most
 * @param bufferSize of the kernel, bytes
 * @param promiscuous whether to see what is addressed to others
 */
public record LiveSettings(String filter, int snaplen, int bufferSize, boolean promiscuous) {}
