package io.tripline.rules;

import static io.tripline.rules.alert.Severity.LOW;
import static io.tripline.rules.alert.Severity.MEDIUM;

import io.tripline.rules.alert.Severity;
import io.tripline.rules.probe.LookAlikes;
import io.tripline.rules.tunnel.TunnelWire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Names that are looked up and payloads of ping as they are everywhere. */
final class HarmlessMessages {
    private static final String CLIENT = TunnelWire.CLIENT;
    private static final String RESOLVER = TunnelWire.SERVER;
    private static final String DIGITS = "0123456789";
    private static final String HEX = "0123456789abcdef";
    private static final String BASE36 = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
    private static final int A = 1;
    private static final int PTR = 12;
    private static final int TXT = 16;
    private static final int AAAA = 28;
    private static final int SRV = 33;
    private static final int DS = 43;
    private static final int HTTPS = 65;

    /** Like {@link LookAlikes.Case}. */
    record Case(
            String name,
            Consumer<TunnelWire> traffic,
            @Nullable Severity most,
            String because) {}

    private HarmlessMessages() {}

    private static Case quiet(String name, Consumer<TunnelWire> traffic) {
        return new Case(name, traffic, null, "");
    }

    private static Consumer<TunnelWire> lookups(int count, double gap, int type, int answer, Name name) {
        return wire -> {
            for (int i = 0; i < count; i++) {
                wire.after(gap).lookup(name.of(wire, i), type, answer);
            }
        };
    }

    private interface Name {
        String of(TunnelWire wire, int i);
    }

    private static Case hosts(Severity most, String because, String name, Name host) {
        return new Case(
                name,
                wire -> {
                    for (int i = 0; i < 400; i++) {
                        String asked = host.of(wire, i);
                        wire.after(1)
                                .lookup(asked, A, 64)
                                .lookup(asked, AAAA, 28)
                                .lookup(asked, HTTPS, 0);
                    }
                },
                most,
                because);
    }

    static List<Case> names() {
        String look =
                "ever new names that look encoded under one domain are what a tunnel has; that nothing comes back keeps it from high";
        return List.of(
                quiet(
                        "black lists of addresses",
                        lookups(
                                1_500,
                                0.04,
                                A,
                                16,
                                (wire, i) -> i % 250 + "." + i % 99 + ".0." + i % 200
                                        + (i % 2 == 0 ? ".zen.spamhaus.org" : ".b.barracudacentral.org"))),
                quiet(
                        "the same with reasons",
                        lookups(
                                1_500,
                                0.04,
                                TXT,
                                70,
                                (wire, i) -> i % 250 + "." + i % 99 + ".0." + i % 200 + ".zen.spamhaus.org")),
                quiet(
                        "reverse look-ups",
                        lookups(
                                1_500,
                                0.04,
                                PTR,
                                60,
                                (wire, i) -> i % 250 + "." + i % 99 + "." + i % 7 + ".203.in-addr.arpa")),
                quiet(
                        "reverse look-ups of IPv6",
                        lookups(
                                500,
                                0.04,
                                PTR,
                                60,
                                (wire, i) -> wire.random(HEX, 16).replaceAll("(.)(?=.)", "$1.")
                                        + ".8.b.d.0.1.0.0.2.0.0.0.0.0.0.0.0.ip6.arpa")),
                quiet("keys and policies of senders of mail", wire -> {
                    for (int i = 0; i < 400; i++) {
                        String domain = wire.random(LETTERS, 8) + ".com";
                        wire.after(0.2).lookup("s" + i % 9 + "._domainkey." + domain, TXT, 420);
                        wire.lookup("_dmarc." + domain, TXT, 120)
                                .lookup(domain, TXT, 300)
                                .lookup(domain, 15, 40);
                    }
                }),
                quiet(
                        "services of a directory",
                        lookups(
                                300,
                                0.2,
                                SRV,
                                120,
                                (wire, i) -> "_ldap._tcp.site" + i % 6 + "._sites.dc._msdcs.corp.example.com")),
                quiet(
                        "identifier of a domain in a directory",
                        lookups(
                                300,
                                0.2,
                                SRV,
                                120,
                                (wire, i) ->
                                        "_ldap._tcp.5b8a1f0c-9d1e-4c55-8f1a-0123456789ab.domains._msdcs.corp.example.com")),
                quiet("probes of a browser", lookups(90, 1, A, 0, (wire, i) -> wire.random(LETTERS, 7 + i % 9))),
                quiet("signed zones", lookups(400, 0.1, DS, 300, (wire, i) -> wire.random(LETTERS, 9) + ".com")),
                quiet("telemetry that repeats its 20 names", wire -> {
                    String[] names = new String[20];
                    for (int i = 0; i < names.length; i++) {
                        names[i] = wire.random(HEX, 32) + ".in.applicationinsights.example";
                    }
                    for (int i = 0; i < 2_000; i++) {
                        wire.after(0.3).lookup(names[i % 20], A, 16);
                    }
                }),
                hosts(
                        MEDIUM,
                        look,
                        "distributions of a content network",
                        (wire, i) -> "d" + wire.random(BASE36, 13) + ".cloudfront.net"),
                hosts(
                        MEDIUM,
                        look,
                        "buckets",
                        (wire, i) -> wire.random(LETTERS, 5 + i % 9) + "-" + wire.random(LETTERS, 8) + "-" + i % 10
                                + ".s3.eu-west-1.amazonaws.com"),
                hosts(
                        MEDIUM,
                        look,
                        "storage accounts",
                        (wire, i) -> wire.random(BASE36, 12 + i % 12) + ".blob.core.windows.net"),
                hosts(
                        MEDIUM,
                        look,
                        "caches of a video service",
                        (wire, i) -> "r" + i % 20 + "---sn-" + wire.random(BASE36, 8) + ".googlevideo.com"),
                hosts(
                        MEDIUM,
                        look,
                        "load balancers",
                        (wire, i) -> "internal-" + wire.random(LETTERS, 7) + "-" + wire.random(DIGITS, 10)
                                + ".eu-central-1.elb.amazonaws.com"),
                hosts(
                        MEDIUM,
                        look,
                        "an identifier of the visitor",
                        (wire, i) -> wire.random(HEX, 8) + "-" + wire.random(HEX, 4) + "-4" + wire.random(HEX, 3) + "-a"
                                + wire.random(HEX, 3) + "-" + wire.random(HEX, 12) + ".metrics.example.com"),
                new Case(
                        "reputation of files",
                        lookups(300, 0.5, A, 16, (wire, i) -> wire.random(HEX, 32) + ".hash.cymru.com"),
                        MEDIUM,
                        look),
                new Case(
                        "reputation of files with text",
                        lookups(300, 0.5, TXT, 40, (wire, i) -> wire.random(HEX, 40) + ".avqs.mcafee.com"),
                        MEDIUM,
                        look),
                new Case(
                        "reputation of senders, by hash, with text",
                        lookups(300, 0.5, TXT, 60, (wire, i) -> wire.random(HEX, 40) + "._email.bl.example.org"),
                        MEDIUM,
                        look));
    }

    private static byte[] ramp(int size, int stamp, int first) {
        byte[] data = new byte[size];
        for (int i = 0; i < size; i++) {
            data[i] = (byte) (first + i);
        }
        for (int i = 0; i < Math.min(16, size) && stamp >= 0; i++) {
            data[i] = (byte) ((stamp * 31) >>> ((i % 4) * 8));
        }
        return data;
    }

    private static Consumer<TunnelWire> pings(Payload payload) {
        return wire -> {
            for (int i = 0; i < 400; i++) {
                wire.after(1).exchange(payload.of(wire, i));
            }
        };
    }

    private interface Payload {
        byte[] of(TunnelWire wire, int i);
    }

    static List<Case> pings() {
        byte[] alphabet = "abcdefghijklmnopqrstuvwabcdefghi".getBytes(StandardCharsets.US_ASCII);
        byte[] cisco = new byte[1_000];
        for (int i = 0; i < cisco.length; i++) {
            cisco[i] = (byte) (i % 2 == 0 ? 0xab : 0xcd);
        }
        return List.of(
                quiet("ping of Linux and macOS", pings((wire, i) -> ramp(56, i, 0))),
                quiet("ping of 1,400 bytes", pings((wire, i) -> ramp(1_400, i, 0))),
                quiet("ping of growing size", pings((wire, i) -> ramp(64 + i * 3, i, 0))),
                quiet("ping of Windows", pings((wire, i) -> alphabet)),
                quiet("ping of a router", pings((wire, i) -> cisco)),
                quiet("ping of busybox", pings((wire, i) -> {
                    byte[] data = new byte[56];
                    data[0] = (byte) i;
                    data[1] = (byte) (i * 7);
                    return data;
                })),
                quiet("ping with a pattern", pings((wire, i) -> {
                    byte[] data = ramp(56, i, 0);
                    Arrays.fill(data, 16, 56, (byte) 0xff);
                    return data;
                })),
                quiet(
                        "monitor that counts in text",
                        pings((wire, i) -> ("monitor probe, number " + (100_000 + i) + ", please answer")
                                .getBytes(StandardCharsets.US_ASCII))),
                quiet("a hundred hosts with a payload each", wire -> {
                    byte[][] own = new byte[100][];
                    for (int i = 0; i < own.length; i++) {
                        own[i] = wire.random(64);
                    }
                    for (int i = 0; i < 2_000; i++) {
                        wire.after(0.05).exchange(CLIENT, "10.1.26." + (1 + i % 100), own[i % 100], own[i % 100]);
                    }
                }),
                new Case(
                        "monitor with random bytes",
                        pings((wire, i) -> wire.random(64)),
                        MEDIUM,
                        "data that only one side sends look the same"));
    }

    static List<Case> others() {
        return List.of(new Case(
                "resolver asks many servers for many names",
                wire -> {
                    for (int i = 0; i < 3_000; i++) {
                        String server = "198.51." + i % 3 + "." + (1 + i % 250);
                        wire.after(0.01)
                                .lookup(CLIENT, server, 53, "www." + wire.random(LETTERS, 6 + i % 6) + ".com", A, 40);
                        wire.lookup(
                                "10.1.7." + (1 + i % 200),
                                RESOLVER,
                                53,
                                "img" + i % 40 + ".shop" + i % 30 + ".example",
                                A,
                                40);
                    }
                },
                LOW,
                "where only questions are seen, more than a hundred hosts asked look like a sweep"));
    }
}
