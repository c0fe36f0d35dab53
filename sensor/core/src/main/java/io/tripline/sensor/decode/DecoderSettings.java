package io.tripline.sensor.decode;

import java.time.Duration;

/**
 * How far a decoder looks.
 *
 * @param insideTunnels whether the packet inside GRE, IP-in-IP and VXLAN is read instead of the one that carries it
 * @param fragmentedPackets how many packets whose header came in fragments are put together at a time; a power of two,
 *     at least 8; each takes about 200 bytes, all of them from the start
 * @param fragmentTimeout how long the first fragment seen of a packet waits for the rest of the header
 */
public record DecoderSettings(boolean insideTunnels, int fragmentedPackets, Duration fragmentTimeout) {
    public DecoderSettings {
        if (fragmentedPackets < 8 || Integer.bitCount(fragmentedPackets) != 1) {
            throw new IllegalArgumentException(
                    "fragmentedPackets: " + fragmentedPackets + ", must be a power of two and at least 8");
        }
        if (fragmentTimeout.isNegative() || fragmentTimeout.isZero()) {
            throw new IllegalArgumentException("fragmentTimeout: " + fragmentTimeout + ", must be positive");
        }
    }

    /** Inside tunnels, 4,096 packets in fragments, 30 seconds as Linux has it. */
    public static DecoderSettings standard() {
        return new DecoderSettings(true, 4096, Duration.ofSeconds(30));
    }
}
