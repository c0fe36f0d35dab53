package io.tripline.rules.flood;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.flood.connection.ConnectionFlood;
import io.tripline.rules.flood.icmp.IcmpFlood;
import io.tripline.rules.flood.syn.SynFlood;
import io.tripline.rules.flood.udp.UdpFlood;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.TcpFlags;

/** A generator of floods on one target, each with its rule, in as many ways as tools make them. */
final class Flood {
    static final String ATTACKER = "203.0.113.66";

    /** What is sent. */
    enum Way {
        SYN(SynFlood.RULE),
        SYN_ANSWERED(SynFlood.RULE),
        UDP(UdpFlood.RULE),
        UDP_REFUSED(UdpFlood.RULE),
        REFLECTION(UdpFlood.RULE),
        ECHO(IcmpFlood.RULE),
        ECHO_ANSWERED(IcmpFlood.RULE),
        CONNECTIONS(ConnectionFlood.RULE);

        private final String rule;

        Way(String rule) {
            this.rule = rule;
        }

        String rule() {
            return rule;
        }
    }

    private final Way way;
    private int rate = 1_500;
    private double seconds = 5;
    private int sources = 1;
    private boolean ipv6;

    Flood(Way way) {
        this.way = way;
    }

    /** Packets a second. */
    Flood rate(int perSecond) {
        rate = perSecond;
        return this;
    }

    Flood seconds(double lasts) {
        seconds = lasts;
        return this;
    }

    /** From so many addresses in turn; 0 for a new one in each packet. */
    Flood sources(int many) {
        sources = many;
        return this;
    }

    Flood ipv6() {
        ipv6 = true;
        return this;
    }

    String target() {
        return ipv6 ? "2001:db8::10" : "192.168.1.10";
    }

    private String source(Wire wire, int i) {
        int number = sources == 0 ? wire.random().nextInt(1 << 24) : i % sources;
        if (ipv6) {
            return "2001:db8:66::" + Integer.toHexString(number >>> 16) + ":" + Integer.toHexString(number & 0xffff);
        }
        return sources == 1
                ? ATTACKER
                : (sources == 0 ? 20 : 203) + "." + (number >>> 16 & 0xff) + "." + (number >>> 8 & 0xff) + "."
                        + (number & 0xff);
    }

    Wire play(Wire wire) {
        double begin = wire.now();
        int packets = (int) Math.round(rate * seconds);
        for (int i = 0; i < packets; i++) {
            wire.at(begin + i / (double) rate);
            one(wire, source(wire, i), 1_024 + i % 60_000);
        }
        return wire;
    }

    private void one(Wire wire, String source, int port) {
        String target = target();
        switch (way) {
            case SYN -> wire.crafted(source, port, target, 80, TcpFlags.SYN);
            case SYN_ANSWERED -> {
                wire.crafted(source, port, target, 80, TcpFlags.SYN);
                wire.crafted(target, 80, source, port, TcpFlags.SYN | TcpFlags.ACK);
                if (sources != 0) {
                    wire.crafted(source, port, target, 80, TcpFlags.RST);
                }
            }
            case UDP -> wire.udp(source, port, target, 9_999, 500);
            case UDP_REFUSED -> {
                wire.udp(source, port, target, 9_999, 500);
                wire.unreachable(target, IpProtocol.UDP, source, port, target, 9_999);
            }
            case REFLECTION -> {
                String server = ipv6 ? "2001:db8:53::" + (1 + port % 200) : "198.51.100." + (1 + port % 200);
                wire.udp(server, 123, target, port, 440);
            }
            case ECHO -> wire.ping(source, target, port);
            case ECHO_ANSWERED -> {
                wire.ping(source, target, 7);
                wire.pong(target, source, 7);
            }
            case CONNECTIONS -> wire.connection(source, port, target, 80, 1, 0.0001);
        }
    }
}
