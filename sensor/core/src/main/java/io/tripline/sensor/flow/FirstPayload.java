package io.tripline.sensor.flow;

import io.tripline.schemas.Indicator;
import io.tripline.sensor.decode.PacketView;
import java.util.BitSet;
import org.agrona.DirectBuffer;

/**
 * Takes the entropy of the first payload of each direction of a TCP or UDP conversation: once each, since it is the
 * costliest look at a packet. High entropy on a port where no encryption is known is an indicator.
 */
final class FirstPayload {
    private static final int SHORTEST = 64;
    private static final int TELLING_LENGTH = 256;
    private static final int TELLING_ENTROPY = 7_000;

    /**
     * Ports of protocols that are encrypted or compressed from the first data on: TLS, SSH, QUIC, IPsec, VPNs, remote
     * desktops.
     */
    private static final int[] ENCRYPTED_PORTS = {
        22, 261, 443, 448, 465, 500, 563, 585, 587, 614, 636, 684, 695, 784, 853, 989, 990, 992, 993, 994, 995, 1194,
        1701, 2083, 2087, 2096, 2376, 3269, 3389, 4433, 4443, 4500, 5061, 5223, 5349, 5986, 6443, 6514, 6697, 8443,
        8883, 9443, 51820
    };

    private static final BitSet ENCRYPTED = new BitSet(1 << 16);

    static {
        for (int port : ENCRYPTED_PORTS) {
            ENCRYPTED.set(port);
        }
    }

    private final PayloadEntropy entropy = new PayloadEntropy();

    /** Looks at a packet of a known conversation; it gets a record if its payload is telling. */
    void judge(PacketView view, Flow flow, Verdict verdict) {
        DirectBuffer buffer = view.buffer;
        int length = Math.min(view.payloadCaptured, view.payloadLength);
        if (length <= 0 || buffer == null || !flow.known() || flow.firstPayloadSeen()) {
            return;
        }
        flow.noteFirstPayload();
        if (length < SHORTEST) {
            return;
        }
        verdict.entropy = entropy.of(buffer, view.payloadOffset, length);
        if (length >= TELLING_LENGTH
                && verdict.entropy > TELLING_ENTROPY
                && !ENCRYPTED.get(view.sourcePort)
                && !ENCRYPTED.get(view.destinationPort)) {
            verdict.indicators |= Indicator.PAYLOAD_HIGH_ENTROPY.bit();
            verdict.record = true;
        }
    }
}
