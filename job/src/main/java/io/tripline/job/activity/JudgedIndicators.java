package io.tripline.job.activity;

import io.tripline.schemas.Echo;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.PacketRecord;

/** Indicators that take more judgement than a sensor has: by the same classifiers that the rules about tunnels use. */
final class JudgedIndicators {
    private JudgedIndicators() {}

    /** Bits that one packet shows besides those that its sensor saw. */
    static int of(PacketRecord packet) {
        Echo echo = packet.getEcho();
        return echo != null && EchoPayload.isTelling(echo) ? Indicator.ICMP_TUNNEL.bit() : 0;
    }
}
