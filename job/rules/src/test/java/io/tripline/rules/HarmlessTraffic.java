package io.tripline.rules;

import static io.tripline.rules.alert.Severity.LOW;
import static io.tripline.rules.alert.Severity.MEDIUM;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.probe.LookAlikes;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.TcpFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What happens in networks every day; more of it in {@link LookAlikes}. */
final class HarmlessTraffic {
    static final String HOST = LookAlikes.HOST;
    private static final String SERVER = "192.168.1.80";
    private static final String OUTSIDE = "203.0.113.80";

    /** Frames as large as a capture shows them where the network card cuts them. */
    private static final int LARGE = 32_000;

    private HarmlessTraffic() {}

    private static LookAlikes.Case quiet(String name, Consumer<Wire> traffic) {
        return new LookAlikes.Case(name, traffic, null, "");
    }

    private static LookAlikes.Case most(Severity most, String because, String name, Consumer<Wire> traffic) {
        return new LookAlikes.Case(name, traffic, most, because);
    }

    private static String host(String network, int i) {
        return network + "." + (i >>> 8 & 0xff) + "." + (1 + i % 250);
    }

    /** One connection in which data go to the server, or to the client. */
    private static void bulk(
            Wire wire, String client, String server, int port, long bytes, double seconds, boolean up) {
        int from = wire.ephemeral();
        double begin = wire.now();
        wire.tcp(client, from, server, port, TcpFlags.SYN, 1, 0, 0);
        wire.tcp(server, port, client, from, TcpFlags.SYN | TcpFlags.ACK, 1, 2, 0);
        wire.tcp(client, from, server, port, TcpFlags.ACK, 2, 2, 0);
        long frames = bytes / LARGE;
        for (int i = 0; i < frames; i++) {
            wire.at(begin + 0.01 + i * seconds / frames);
            long sequence = 2 + (long) i * LARGE;
            if (up) {
                wire.tcp(client, from, server, port, TcpFlags.ACK | TcpFlags.PSH, sequence, 2, LARGE);
                wire.tcp(server, port, client, from, TcpFlags.ACK, 2, sequence + LARGE, 0);
            } else {
                wire.tcp(server, port, client, from, TcpFlags.ACK | TcpFlags.PSH, sequence, 2, LARGE);
                wire.tcp(client, from, server, port, TcpFlags.ACK, 2, sequence + LARGE, 0);
            }
        }
    }

    /** A page now and then from each of so many hosts, so that there are others to compare with. */
    private static void others(Wire wire, int hosts, int seconds) {
        for (int i = 0; i < hosts; i++) {
            for (int at = i % 7; at < seconds; at += 7) {
                wire.at(at).session("192.168.1." + (100 + i), wire.ephemeral(), SERVER, 80, 2, 300, 0.01);
            }
        }
    }

    static List<LookAlikes.Case> databases() {
        List<LookAlikes.Case> cases = new ArrayList<>();
        for (int port : new int[] {3306, 5432, 1433, 6379, 27017, 389, 636, 1521, 110, 143, 993, 587}) {
            for (int rate : new int[] {1, 50}) {
                cases.add(most(
                        LOW,
                        "short conversations look like log-ins; programs have them for each request",
                        "a connection for each request to port " + port + ", " + rate + " a second",
                        wire -> {
                            for (int i = 0; i < Math.max(120, 40 * rate); i++) {
                                wire.at(i / (double) rate).session(HOST, wire.ephemeral(), SERVER, port, 3, 60, 0.002);
                            }
                        }));
            }
        }
        return cases;
    }

    static List<LookAlikes.Case> services() {
        return List.of(
                most(
                        MEDIUM,
                        "nothing tells a proxy without keep-alive from a flood of connections",
                        "load balancer, 300 connections a second to four back ends",
                        wire -> {
                            for (int i = 0; i < 9_000; i++) {
                                wire.at(i / 300.0)
                                        .session(
                                                HOST,
                                                32_768 + i % 28_000,
                                                "10.0.0." + (1 + i % 4),
                                                8_080,
                                                1,
                                                400,
                                                0.003);
                            }
                        }),
                most(
                        MEDIUM,
                        "nothing tells a proxy without keep-alive from a flood of connections",
                        "load balancer, 1,200 connections a second to one back end",
                        wire -> {
                            for (int i = 0; i < 9_000; i++) {
                                wire.at(i / 1_200.0).session(HOST, 32_768 + i % 28_000, SERVER, 8_080, 1, 400, 0.003);
                            }
                        }),
                quiet("monitor connects to ssh, smtp and imap of 50 hosts each minute", wire -> {
                    for (int round = 0; round < 5; round++) {
                        for (int i = 0; i < 150; i++) {
                            String target = "10.1.1." + (1 + i % 50);
                            int port = new int[] {22, 25, 143}[i / 50];
                            wire.at(round * 60 + i * 0.3).session(HOST, wire.ephemeral(), target, port, 1, 30, 0.01);
                        }
                    }
                }),
                most(
                        LOW,
                        "40 people behind one address look like one that logs in",
                        "40 mail clients behind one address fetch each minute",
                        wire -> {
                            for (int round = 0; round < 30; round++) {
                                for (int i = 0; i < 40; i++) {
                                    wire.at(round * 60 + i * 1.4)
                                            .session(HOST, wire.ephemeral(), OUTSIDE, 993, 6, 400, 0.05);
                                }
                            }
                        }),
                most(
                        MEDIUM,
                        "ssh is encrypted: short work looks like a failed log-in",
                        "git over ssh 40 times in five minutes",
                        wire -> {
                            for (int i = 0; i < 40; i++) {
                                wire.at(i * 7.5).session(HOST, wire.ephemeral(), SERVER, 22, 12, 300, 0.02);
                            }
                        }),
                most(
                        MEDIUM,
                        "ssh is encrypted: short work looks like a failed log-in",
                        "a CI server asks 60 repositories over ssh each minute for 20 minutes",
                        wire -> {
                            for (int i = 0; i < 1_200; i++) {
                                wire.at(i).session(HOST, wire.ephemeral(), SERVER, 22, 12, 300, 0.02);
                            }
                        }),
                quiet("ansible configures 100 hosts", wire -> {
                    for (int i = 0; i < 300; i++) {
                        wire.at(i * 0.4).session(HOST, wire.ephemeral(), "10.1.1." + (1 + i % 100), 22, 25, 600, 0.02);
                    }
                }),
                quiet("file server: sessions, each with its work", wire -> {
                    for (int i = 0; i < 30; i++) {
                        wire.at(i * 5).session("192.168.1." + (100 + i), wire.ephemeral(), HOST, 445, 100, 1_000, 0.01);
                    }
                }),
                quiet("desktop sessions", wire -> {
                    for (int i = 0; i < 8; i++) {
                        wire.at(i * 30).session(HOST, wire.ephemeral(), "192.168.1." + (100 + i), 3389, 300, 600, 0.05);
                    }
                }),
                most(
                        LOW,
                        "where only questions are seen, more than a hundred hosts asked look like a sweep",
                        "SNMP poller of 200 hosts, a fifth of them dead",
                        wire -> {
                            for (int round = 0; round < 5; round++) {
                                for (int i = 0; i < 200; i++) {
                                    wire.at(round * 60 + i * 0.1).udp(HOST, 40_000 + round, host("10.1", i), 161, 80);
                                    if (i % 5 != 0) {
                                        wire.udp(host("10.1", i), 161, HOST, 40_000 + round, 120);
                                    } else {
                                        wire.at(round * 60 + i * 0.1 + 5)
                                                .udp(HOST, 40_000 + round, host("10.1", i), 161, 80);
                                    }
                                }
                            }
                        }),
                quiet("NTP pool server with 5,000 clients", wire -> {
                    for (int i = 0; i < 20_000; i++) {
                        String client = "203." + (i % 20) + "." + (i % 5_000 / 250) + "." + (1 + i % 250);
                        int port = i % 3 == 0 ? 123 : wire.ephemeral();
                        wire.at(i / 1_000.0).udp(client, port, HOST, 123, 48).udp(HOST, 123, client, port, 48);
                    }
                }),
                most(
                        MEDIUM,
                        "where no answers are seen, questions from many look like a flood",
                        "resolver with 500 clients, 1,500 queries a second, asks 300 servers",
                        wire -> {
                            for (int i = 0; i < 15_000; i++) {
                                String client = host("10.1", i % 500);
                                int port = wire.ephemeral();
                                wire.at(i / 1_500.0).udp(client, port, HOST, 53, 40);
                                if (i % 4 == 0) {
                                    int own = wire.ephemeral();
                                    String server = host("198.51", i % 300);
                                    wire.udp(HOST, own, server, 53, 50);
                                    if (i % 20 != 0) {
                                        wire.after(0.01).udp(server, 53, HOST, own, 200);
                                    }
                                }
                                wire.udp(HOST, 53, client, port, 120);
                            }
                        }),
                quiet("500 users behind one address", wire -> {
                    for (int i = 0; i < 9_000; i++) {
                        wire.at(i / 50.0);
                        String server = "203." + (i * 7 % 50) + "." + (i * 13 % 20) + "." + (1 + i % 200);
                        if (i % 25 == 3) {
                            wire.silent(HOST, server, 443);
                        } else if (i % 40 == 5) {
                            wire.refused(HOST, server, 80);
                        } else if (i % 3 == 0) {
                            int port = wire.ephemeral();
                            wire.udp(HOST, port, "9.9.9.9", 53, 40).udp("9.9.9.9", 53, HOST, port, 100);
                        } else {
                            wire.session(HOST, wire.ephemeral(), server, 443, 3, 700, 0.01);
                        }
                    }
                }),
                most(
                        LOW,
                        "first contacts that fail are what the sequential test is for",
                        "laptop wakes up, its tunnel dead: ten hosts silent",
                        wire -> {
                            for (int i = 1; i <= 10; i++) {
                                wire.after(0.3).silent(HOST, "10.20.0." + i, i % 2 == 0 ? 443 : 445);
                                wire.connection(HOST, wire.ephemeral(), "203.0.113." + i, 443, 3, 0.01);
                            }
                        }),
                quiet("peers of a swarm, 300, half of them dead", wire -> {
                    for (int i = 0; i < 300; i++) {
                        String peer = "198." + (i % 40) + ".7." + (1 + i % 250);
                        int port = i % 10 == 0 ? 6_881 : 1_024 + wire.random().nextInt(60_000);
                        wire.after(0.2);
                        switch (i % 4) {
                            case 0 -> wire.silent(HOST, peer, port);
                            case 1 -> wire.refused(HOST, peer, port);
                            default -> wire.session(HOST, wire.ephemeral(), peer, port, 20, 1_000, 0.01);
                        }
                    }
                }),
                most(MEDIUM, "an upload, where only one way is seen", "STUN and a call between peers", wire -> {
                    for (int i = 0; i < 30; i++) {
                        wire.after(0.05).udp(HOST, 50_000, "198.51.100." + (1 + i), 3_478, 60);
                        wire.udp("198.51.100." + (1 + i), 3_478, HOST, 50_000, 80);
                    }
                    for (int i = 0; i < 20; i++) {
                        wire.after(0.05).udp(HOST, 50_000, "192.168.77." + (1 + i % 5), 50_000 + i, 90);
                    }
                    for (int i = 0; i < 6_000; i++) {
                        wire.after(0.004).udp(HOST, 50_000, OUTSIDE, 50_001, 1_100);
                        wire.udp(OUTSIDE, 50_001, HOST, 50_000, 1_100);
                    }
                }),
                quiet("discovery of printers", wire -> {
                    for (int i = 0; i < 60; i++) {
                        wire.after(1).udp(HOST, 5_353, "224.0.0.251", 5_353, 80);
                        wire.udp(HOST, 50_001, "239.255.255.250", 1_900, 130);
                        wire.udp(HOST, 50_002, "239.255.255.250", 3_702, 600);
                        wire.udp(HOST, 137, "192.168.1.255", 137, 50);
                        wire.udp(HOST, 50_003, "224.0.0.252", 5_355, 30);
                        wire.udp(HOST, 50_004, "192.168.1." + (200 + i % 10), 161, 40);
                        wire.udp("192.168.1." + (200 + i % 10), 161, HOST, 50_004, 60);
                    }
                }),
                quiet("monitor pings 100 hosts a second", wire -> {
                    for (int i = 0; i < 6_000; i++) {
                        wire.at(i / 100.0).ping(HOST, host("10.1", i % 100), 7);
                        wire.pong(host("10.1", i % 100), HOST, 7);
                    }
                }),
                quiet("route traced by datagrams and by echo, again and again", wire -> {
                    for (int round = 0; round < 60; round++) {
                        for (int hop = 1; hop <= 12; hop++) {
                            wire.at(round + hop * 0.01).ping(HOST, OUTSIDE, 9).hops(hop);
                            wire.udp(HOST, 50_000 + round, OUTSIDE, 33_434 + hop, 32)
                                    .hops(hop);
                            if (hop == 12) {
                                wire.pong(OUTSIDE, HOST, 9);
                                wire.unreachable(OUTSIDE, IpProtocol.UDP, HOST, 50_000 + round, OUTSIDE, 33_434 + hop);
                            }
                        }
                    }
                }),
                quiet("browser with 60 servers", wire -> {
                    for (int i = 0; i < 240; i++) {
                        wire.after(0.05)
                                .session(HOST, wire.ephemeral(), "203.0.113." + (1 + i % 60), 443, 5, 800, 0.002);
                    }
                    for (int i = 0; i < 3; i++) {
                        wire.silent(HOST, "203.0.113." + (100 + i), 443);
                    }
                }),
                quiet("DNS over TCP", wire -> {
                    for (int i = 0; i < 200; i++) {
                        wire.after(0.2).session(HOST, wire.ephemeral(), "9.9.9.9", 53, 1, 400, 0.01);
                    }
                }),
                quiet("200 hosts come back after a power cut", wire -> {
                    for (int i = 0; i < 200; i++) {
                        String host = host("192.168", i + 256);
                        wire.at(i * 0.02).udp("0.0.0.0", 68, "255.255.255.255", 67, 300);
                        wire.udp("192.168.1.1", 67, host, 68, 300).arpRequest(host, host);
                        wire.arpRequest(host, "192.168.1.1").arpReply("192.168.1.1", host);
                        wire.udp(host, 40_000, "192.168.1.1", 53, 40).udp("192.168.1.1", 53, host, 40_000, 90);
                    }
                }));
    }

    static List<LookAlikes.Case> volumes() {
        return List.of(
                most(LOW, "an upload inside that nobody knows yet", "backup of 2 GB to a server inside", wire -> {
                    others(wire, 12, 120);
                    bulk(wire.at(20), HOST, SERVER, 10_000, 2_000_000_000L, 90, true);
                }),
                most(MEDIUM, "an upload to outside that nobody knows yet", "backup of 2 GB to outside", wire -> {
                    others(wire, 12, 120);
                    bulk(wire.at(20), HOST, OUTSIDE, 443, 2_000_000_000L, 90, true);
                }),
                most(
                        MEDIUM,
                        "an upload to outside that nobody knows yet",
                        "nightly copy to outside after an hour of browsing",
                        wire -> {
                            others(wire, 12, 3_700);
                            for (int i = 0; i < 360; i++) {
                                wire.at(i * 10).session(HOST, wire.ephemeral(), OUTSIDE, 443, 2, 500, 0.05);
                            }
                            bulk(wire.at(3_600), HOST, OUTSIDE, 443, 500_000_000L, 60, true);
                        }),
                quiet("download of 1 GB", wire -> {
                    others(wire, 12, 100);
                    bulk(wire.at(20), HOST, OUTSIDE, 443, 1_000_000_000L, 60, false);
                }),
                most(MEDIUM, "an upload to outside that nobody knows yet", "speed test, both ways", wire -> {
                    others(wire, 12, 60);
                    bulk(wire.at(20), HOST, OUTSIDE, 8_080, 100_000_000L, 10, false);
                    bulk(wire.at(31), HOST, OUTSIDE, 8_080, 100_000_000L, 10, true);
                }),
                most(LOW, "an upload inside that nobody knows yet", "iperf3 over TCP both ways", wire -> {
                    others(wire, 12, 60);
                    bulk(wire.at(20), HOST, SERVER, 5_201, 1_000_000_000L, 10, true);
                    bulk(wire.at(31), HOST, SERVER, 5_201, 1_000_000_000L, 10, false);
                }),
                most(
                        MEDIUM,
                        "a single fast stream that nobody answers is what some floods are",
                        "iperf3 over UDP both ways",
                        wire -> {
                            others(wire, 12, 30);
                            for (int i = 0; i < 45_000; i++) {
                                wire.at(5 + i / 15_000.0).udp(HOST, 40_000, SERVER, 5_201, 1_470);
                                wire.at(15 + i / 15_000.0).udp(SERVER, 5_201, HOST, 40_001, 1_470);
                            }
                        }),
                most(MEDIUM, "an upload, where only one way is seen", "video call, 2 Mbit/s both ways", wire -> {
                    others(wire, 12, 60);
                    for (int i = 0; i < 12_000; i++) {
                        wire.at(i / 200.0)
                                .udp(HOST, 50_000, OUTSIDE, 3_480, 1_200)
                                .udp(OUTSIDE, 3_480, HOST, 50_000, 1_200);
                    }
                }),
                most(MEDIUM, "only one way is seen of an upload", "stream of 8 Mbit/s one way", wire -> {
                    others(wire, 12, 40);
                    for (int i = 0; i < 24_000; i++) {
                        wire.at(i / 800.0).udp(HOST, 50_000, "192.168.1.90", 5_004, 1_316);
                    }
                }),
                most(
                        LOW,
                        "logs are an upload inside",
                        "logs and flow records, 2,000 packets a second one way",
                        wire -> {
                            others(wire, 12, 40);
                            for (int i = 0; i < 40_000; i++) {
                                wire.at(i / 2_000.0)
                                        .udp(HOST, 50_000, SERVER, i % 2 == 0 ? 514 : 2_055, i % 2 == 0 ? 300 : 1_400);
                            }
                        }),
                quiet("tunnel of a network, fast, both ways", wire -> {
                    for (int i = 0; i < 20_000; i++) {
                        wire.at(i / 2_000.0)
                                .udp(HOST, 51_820, OUTSIDE, 51_820, 1_400)
                                .udp(OUTSIDE, 51_820, HOST, 51_820, 1_300);
                    }
                }),
                most(LOW, "an upload inside that nobody knows yet", "database replication", wire -> {
                    others(wire, 12, 100);
                    bulk(wire.at(1), SERVER, HOST, 5_432, 400_000_000L, 90, false);
                }),
                most(LOW, "uploads inside", "who always is the top talker", wire -> {
                    others(wire, 12, 900);
                    for (int i = 0; i < 14; i++) {
                        bulk(wire.at(i * 60 + 2), HOST, SERVER, 9_000, 20_000_000L, 30, true);
                    }
                }));
    }

    static List<LookAlikes.Case> all() {
        List<LookAlikes.Case> all = new ArrayList<>(services());
        all.addAll(volumes());
        all.addAll(databases());
        all.addAll(LookAlikes.all());
        return all;
    }
}
