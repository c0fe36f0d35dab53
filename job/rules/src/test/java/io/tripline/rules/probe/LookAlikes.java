package io.tripline.rules.probe;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.TcpFlags;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Harmless traffic that looks like a scan or a sweep. */
public final class LookAlikes {
    public static final String HOST = "192.168.1.20";
    private static final String PEER = "192.168.1.80";
    private static final int FIN_ACK = TcpFlags.FIN | TcpFlags.ACK;

    /**
     * One of them.
     *
     * @param most the most that may be said of it; null where nothing may
     * @param because why something may be said
     */
    public record Case(
            String name, Consumer<Wire> traffic, @Nullable Severity most, String because) {
        @Override
        public String toString() {
            return name;
        }
    }

    private LookAlikes() {}

    private static Case quiet(String name, Consumer<Wire> traffic) {
        return new Case(name, traffic, null, "");
    }

    public static List<Case> all() {
        return List.of(
                quiet("FTP in passive mode, 200 files, some refused", wire -> {
                    for (int i = 0; i < 200; i++) {
                        int port = 40_000 + i;
                        if (i % 10 == 0) {
                            wire.after(0.1).refused(HOST, PEER, port);
                        } else {
                            wire.after(0.1).connection(HOST, wire.ephemeral(), PEER, port, 2, 0.001);
                        }
                    }
                }),
                quiet("load balancer, 30 ports on four back ends, one down", wire -> {
                    for (int round = 0; round < 6; round++) {
                        for (int port = 8_000; port < 8_030; port++) {
                            for (int end = 1; end <= 4; end++) {
                                wire.at(round * 5 + (port - 8_000) * 0.1);
                                if (end == 3) {
                                    wire.refused(HOST, "10.0.0." + end, port);
                                } else {
                                    wire.connection(HOST, wire.ephemeral(), "10.0.0." + end, port, 1, 0.001);
                                }
                            }
                        }
                    }
                }),
                new Case(
                        "load balancer, 30 ports on one back end, down",
                        wire -> {
                            for (int port = 8_000; port < 8_030; port++) {
                                wire.after(0.1).refused(HOST, PEER, port);
                            }
                        },
                        Severity.MEDIUM,
                        "nothing tells it from a scan of 30 ports"),
                quiet("busy client of one server, half of its connections reset", wire -> {
                    for (int i = 0; i < 300; i++) {
                        int port = wire.ephemeral();
                        wire.after(0.05).connection(HOST, port, PEER, 443, 1, 0.001);
                        if (i % 2 == 0) {
                            wire.tcp(PEER, 443, HOST, port, TcpFlags.RST, 5, 0, 0)
                                    .refused(HOST, PEER, 443);
                        }
                    }
                }),
                quiet("distributed hash table, half of 400 peers silent, a quarter on one port", wire -> {
                    for (int i = 0; i < 400; i++) {
                        String peer = "198.51." + i / 200 + "." + (i % 200 + 1);
                        int port = i % 4 == 0 ? 6_881 : 1_024 + wire.random().nextInt(60_000);
                        wire.after(0.1).udp(HOST, 51_413, peer, port, 100);
                        if (wire.random().nextBoolean()) {
                            wire.udp(peer, port, HOST, 51_413, 200);
                        }
                    }
                }),
                quiet("DNS server answers 400 client ports", wire -> {
                    for (int i = 0; i < 400; i++) {
                        int port = wire.ephemeral();
                        wire.after(0.1).udp(HOST, port, PEER, 53, 40).udp(PEER, 53, HOST, port, 120);
                    }
                }),
                new Case(
                        "resolver, a tenth of 300 servers dead",
                        wire -> {
                            for (int i = 0; i < 300; i++) {
                                int port = wire.ephemeral();
                                String server = "203.0." + i / 200 + "." + (i % 200 + 1);
                                wire.after(0.1).udp(HOST, port, server, 53, 40);
                                if (i % 10 != 0) {
                                    wire.udp(server, 53, HOST, port, 120);
                                }
                            }
                        },
                        Severity.LOW,
                        "where only questions are seen, more than a hundred hosts asked for one service look like a sweep"),
                quiet("RPC on dynamic ports", wire -> {
                    for (int i = 0; i < 40; i++) {
                        wire.after(0.2).connection(HOST, wire.ephemeral(), PEER, 49_152 + i, 3, 0.01);
                    }
                }),
                quiet("25 calls with RTP one way and RTCP both ways", wire -> {
                    for (int call = 0; call < 25; call++) {
                        wire.at(call);
                        wire.udp(HOST, 5_060, PEER, 5_060, 400).udp(PEER, 5_060, HOST, 5_060, 300);
                        for (int i = 0; i < 60; i++) {
                            wire.after(0.02).udp(HOST, 20_000 + call * 2, PEER, 30_000 + call * 2, 160);
                        }
                        wire.udp(HOST, 20_001 + call * 2, PEER, 30_001 + call * 2, 60);
                        wire.udp(PEER, 30_001 + call * 2, HOST, 20_001 + call * 2, 60);
                    }
                }),
                quiet("SSDP, mDNS and SNMP discovery answered by 60 hosts", wire -> {
                    wire.udp(HOST, 50_000, "239.255.255.250", 1_900, 130);
                    wire.udp(HOST, 50_001, "255.255.255.255", 161, 80);
                    wire.udp(HOST, 5_353, "224.0.0.251", 5_353, 40);
                    for (int i = 1; i <= 60; i++) {
                        wire.after(0.05).udp("192.168.1." + i, 1_900, HOST, 50_000, 300);
                        wire.udp("192.168.1." + i, 161, HOST, 50_001, 90);
                    }
                }),
                quiet("NTP client of twelve servers, two dead", wire -> {
                    for (int i = 1; i <= 12; i++) {
                        wire.after(1).udp(HOST, 123, "203.0.113." + i, 123, 48);
                        if (i > 2) {
                            wire.udp("203.0.113." + i, 123, HOST, 123, 48);
                        }
                    }
                }),
                quiet("monitor pings 100 hosts a minute, eight dead", wire -> {
                    for (int round = 0; round < 3; round++) {
                        for (int i = 0; i < 100; i++) {
                            wire.at(round * 60 + i * 0.3).ping(HOST, "10.1.1." + i, 77);
                            if (i % 12 != 0) {
                                wire.pong("10.1.1." + i, HOST, 77);
                            }
                        }
                    }
                }),
                quiet("gateway resolves 25 hosts, none answers where only broadcasts are seen", wire -> {
                    for (int i = 2; i < 27; i++) {
                        wire.after(2).arpRequest("192.168.1.1", "192.168.1." + i);
                    }
                }),
                quiet("gateway resolves 90 hosts, most answer", wire -> {
                    for (int i = 2; i < 92; i++) {
                        wire.after(0.4).arpRequest("192.168.1.1", "192.168.1." + i);
                        if (i % 4 != 0) {
                            wire.arpReply("192.168.1." + i, "192.168.1.1");
                        }
                    }
                }),
                quiet("web server gives up 300 connections of a vanished NAT gateway", wire -> {
                    for (int i = 0; i < 300; i++) {
                        for (int again = 0; again < 5; again++) {
                            wire.at(i * 0.05 + again * (again + 1) * 0.2)
                                    .tcp(HOST, 443, PEER, 20_000 + i, FIN_ACK, 1_000 + i, 2_000 + i, 0);
                        }
                    }
                }),
                quiet("server crashed, 60 clients' segments are reset", wire -> {
                    for (int i = 0; i < 60; i++) {
                        int port = wire.ephemeral();
                        wire.after(0.2)
                                .tcp("10.2.0." + i, port, HOST, 8_443, TcpFlags.ACK | TcpFlags.PSH, 100, 200, 50);
                        wire.tcp(HOST, 8_443, "10.2.0." + i, port, TcpFlags.RST, 200, 0, 0);
                    }
                }),
                quiet("300 busy connections to one server", wire -> {
                    for (int i = 0; i < 300; i++) {
                        wire.at(i * 0.02).connection(HOST, 30_000 + i, PEER, 443, 20, 1);
                    }
                }),
                quiet("300 busy connections to 150 servers", wire -> {
                    for (int i = 0; i < 300; i++) {
                        wire.at(i * 0.02).connection(HOST, 30_000 + i, "203.0.113." + (i % 150 + 1), 443, 20, 1);
                    }
                }),
                quiet("load balancer reuses its ports", wire -> {
                    for (int i = 0; i < 400; i++) {
                        wire.after(0.1).connection(HOST, 40_000 + i % 20, PEER, 8_080, 2, 0.001);
                    }
                }),
                quiet("200 idle connections keep alive", wire -> {
                    for (int round = 0; round < 4; round++) {
                        for (int i = 0; i < 200; i++) {
                            wire.at(round * 30 + i * 0.05).tcp(HOST, 40_000 + i, PEER, 443, TcpFlags.ACK, 99 + i, 5, 0);
                            wire.tcp(PEER, 443, HOST, 40_000 + i, TcpFlags.ACK, 5, 100 + i, 0);
                        }
                    }
                }),
                quiet("a laptop wakes up and ends 40 forgotten connections", wire -> {
                    for (int i = 1; i <= 40; i++) {
                        int port = wire.ephemeral();
                        wire.after(0.02).tcp(HOST, port, "203.0.113." + i, 443, FIN_ACK, 100, 200, 0);
                        if (i % 2 == 0) {
                            wire.tcp("203.0.113." + i, 443, HOST, port, TcpFlags.RST, 200, 0, 0);
                        }
                        wire.after(0.01).connection(HOST, wire.ephemeral(), "203.0.113." + i, 443, 3, 0.001);
                    }
                }),
                quiet("traceroute by datagrams to eight targets", wire -> {
                    for (int target = 1; target <= 8; target++) {
                        for (int hop = 1; hop <= 20; hop++) {
                            wire.after(0.05)
                                    .udp(HOST, 50_000, "203.0.113." + target, 33_434 + hop, 32)
                                    .hops(hop);
                            if (hop > 12) {
                                wire.unreachable(
                                        "203.0.113." + target,
                                        IpProtocol.UDP,
                                        HOST,
                                        50_000,
                                        "203.0.113." + target,
                                        33_434 + hop);
                            }
                        }
                    }
                }),
                quiet("port knocking on five ports", wire -> {
                    for (int port : new int[] {7_000, 8_000, 9_000, 7_500, 6_000}) {
                        wire.after(0.3).silent(HOST, PEER, port);
                    }
                    wire.connection(HOST, wire.ephemeral(), PEER, 22, 5, 0.01);
                }),
                new Case(
                        "internet outage: a browser's contacts to 40 servers are all silent",
                        wire -> {
                            for (int i = 1; i <= 40; i++) {
                                wire.after(0.5).silent(HOST, "203.0.113." + i, 443);
                            }
                        },
                        Severity.LOW,
                        "six first contacts that fail are what the sequential test is for"),
                new Case(
                        "broken IPv6: 30 servers are silent, then asked by IPv4",
                        wire -> {
                            for (int i = 1; i <= 30; i++) {
                                wire.after(0.5).silent("2001:db8::20", "2001:db8:f::" + i, 443);
                                wire.after(0.3).connection(HOST, wire.ephemeral(), "203.0.113." + i, 443, 3, 0.01);
                            }
                        },
                        Severity.LOW,
                        "an address is an actor; that two are one host is not known"),
                quiet("SMB client tries 445, 139 and 80 on four hosts", wire -> {
                    for (int i = 1; i <= 4; i++) {
                        for (int port : new int[] {445, 139, 80}) {
                            wire.after(0.2).refused(HOST, "192.168.1." + i, port);
                        }
                    }
                }),
                quiet("browser with blocked QUIC", wire -> {
                    for (int i = 1; i <= 60; i++) {
                        wire.after(0.3).udp(HOST, wire.ephemeral(), "203.0.113." + i, 443, 1_200);
                        wire.after(0.2).connection(HOST, wire.ephemeral(), "203.0.113." + i, 443, 3, 0.01);
                    }
                }),
                quiet("crawler, 300 hosts, a tenth dead", wire -> {
                    for (int i = 0; i < 300; i++) {
                        String server = "203.0." + i / 200 + "." + (i % 200 + 1);
                        wire.after(0.15);
                        if (i % 10 == 3) {
                            wire.silent(HOST, server, 443);
                        } else {
                            wire.connection(HOST, wire.ephemeral(), server, 443, 3, 0.01);
                        }
                    }
                }),
                quiet("crawler, 100 hosts a second, a tenth dead", wire -> {
                    for (int i = 0; i < 1_000; i++) {
                        String server = "203.0." + i / 200 + "." + (i % 200 + 1);
                        wire.at(i * 0.01);
                        if (i % 10 == 3) {
                            wire.silent(HOST, server, 443);
                        } else {
                            wire.connection(HOST, wire.ephemeral(), server, 443, 1, 0.01);
                        }
                    }
                }),
                new Case(
                        "inventory of 40 hosts on 25 ports, most of them closed",
                        wire -> {
                            for (int host = 1; host <= 40; host++) {
                                for (int port = 1; port <= 25; port++) {
                                    wire.after(0.005);
                                    if (port % 8 == 0) {
                                        wire.connection(HOST, wire.ephemeral(), "10.3.0." + host, port, 1, 0.001);
                                    } else {
                                        wire.refused(HOST, "10.3.0." + host, port);
                                    }
                                }
                            }
                        },
                        Severity.CRITICAL,
                        "it is a scan; only an allowlist knows who may"));
    }
}
