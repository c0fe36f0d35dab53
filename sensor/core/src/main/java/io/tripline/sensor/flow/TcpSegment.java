package io.tripline.sensor.flow;

import io.tripline.schemas.Indicator;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.Technique;
import io.tripline.sensor.decode.PacketView;

/** What the control bits of a TCP segment make it (RFC 9293, 3.1); bits about congestion are ignored. */
enum TcpSegment {
    SYN,
    SYN_ACK,
    RST,
    /** ACK without SYN or RST: data, an acknowledgment, an ordinary FIN. */
    ACK,
    /** A combination that no conversation has, or a FIN without ACK. */
    STEALTH;

    private static final int SMALL_WINDOW = 1024;
    private static final TcpSegment[] BY_CONTROL = new TcpSegment[TcpFlags.CONTROL + 1];

    static {
        for (int control = 0; control <= TcpFlags.CONTROL; control++) {
            BY_CONTROL[control] = judge(control);
        }
    }

    static TcpSegment of(PacketView view) {
        return BY_CONTROL[view.tcpFlags & TcpFlags.CONTROL];
    }

    private static TcpSegment judge(int control) {
        boolean syn = (control & TcpFlags.SYN) != 0;
        boolean ack = (control & TcpFlags.ACK) != 0;
        boolean rst = (control & TcpFlags.RST) != 0;
        boolean fin = (control & TcpFlags.FIN) != 0;
        if (control == TcpFlags.SYN) {
            return SYN;
        }
        if (syn) {
            return ack && !rst && !fin ? SYN_ACK : STEALTH;
        }
        if (rst) {
            return fin ? STEALTH : RST;
        }
        return ack ? ACK : STEALTH;
    }

    /** How a segment of kind {@link #STEALTH} probes. */
    static Technique stealth(PacketView view) {
        return switch (view.tcpFlags & TcpFlags.CONTROL) {
            case 0 -> Technique.NULL;
            case TcpFlags.FIN -> Technique.FIN;
            case TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG -> Technique.XMAS;
            default -> Technique.ILLEGAL_FLAGS;
        };
    }

    /** The indicators that its flags and window alone give a segment; FIN depends on the conversation too. */
    static int indicators(PacketView view, TcpSegment segment) {
        if (segment == SYN) {
            if (view.tcpFlags != TcpFlags.SYN) {
                return 0;
            }
            return view.tcpWindow <= SMALL_WINDOW ? Indicator.SYN_SMALL_WINDOW.bit() : Indicator.SYN_LARGE_WINDOW.bit();
        }
        if (segment != STEALTH) {
            return 0;
        }
        return switch (stealth(view)) {
            case NULL -> Indicator.NULL.bit();
            case XMAS -> Indicator.XMAS.bit();
            case FIN -> view.payloadLength > 0 ? Indicator.FLAGS_ILLEGAL.bit() : 0;
            default -> Indicator.FLAGS_ILLEGAL.bit();
        };
    }

    /** Whether it is exactly ACK or FIN+ACK without payload, which a scanner sends and a conversation too. */
    static boolean bare(PacketView view) {
        int control = view.tcpFlags & TcpFlags.CONTROL;
        return view.payloadLength == 0 && (control == TcpFlags.ACK || control == (TcpFlags.FIN | TcpFlags.ACK));
    }

    static boolean fin(PacketView view) {
        return (view.tcpFlags & TcpFlags.FIN) != 0;
    }
}
