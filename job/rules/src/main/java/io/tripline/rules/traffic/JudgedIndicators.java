package io.tripline.rules.traffic;

import io.tripline.rules.tunnel.dns.NameFold;
import io.tripline.rules.tunnel.dns.NameReader;
import io.tripline.rules.tunnel.icmp.EchoPayload;
import io.tripline.schemas.Dns;
import io.tripline.schemas.Echo;
import io.tripline.schemas.Indicator;
import io.tripline.schemas.PacketRecord;

/** Indicators that take more judgement than a sensor has: by the same classifiers that the rules about tunnels use. */
final class JudgedIndicators {
    private final NameReader names = new NameReader();

    /** Bits that one packet shows besides those that its sensor saw. */
    int of(PacketRecord packet) {
        Echo echo = packet.getEcho();
        if (echo != null && EchoPayload.isTelling(echo)) {
            return Indicator.ICMP_TUNNEL.bit();
        }
        Dns dns = packet.getDns();
        return dns != null && !NameFold.isLocal(packet) && names.isTelling(dns) ? Indicator.DNS_TUNNEL.bit() : 0;
    }
}
