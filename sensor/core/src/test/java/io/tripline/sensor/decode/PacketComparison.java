package io.tripline.sensor.decode;

import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares one packet as we and as tshark read it, field by field. */
final class PacketComparison {
    /** Differences that are none: tshark answers another question there. */
    enum Rule {
        /** tshark shows a header in another of its fragments than we do; {@link Headers} compares them all. */
        HEADER_IN_FRAGMENTS,
        /** tshark decodes NetBIOS names from their first-level encoding; we give the raw labels. */
        NETBIOS_NAME,
        /** tshark reads bytes outside ASCII as UTF-8; length and what is before and behind them are compared. */
        NAME_WITH_RAW_BYTES,
        /** tshark takes whatever uses port 53 for DNS; where it finds no question name either, we say it is none. */
        NOT_PLAUSIBLE_DNS,
        /** tshark reads what it can of a cut or lying packet; we say why it cannot be read, and no more. */
        UNREAD
    }

    /** Transport headers of datagrams that came in fragments, as both found them. */
    record Headers(TreeSet<String> tshark, TreeSet<String> ours) {}

    private final Headers headers = new Headers(new TreeSet<>(), new TreeSet<>());
    private final Map<Rule, Integer> explained = new TreeMap<>();
    private final Map<String, Integer> fields = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private String where = "";
    private int packets;
    private int differing;
    private int fragmentsBefore;

    /** Whether there were fragments since the last call. */
    boolean takeFragments() {
        int now = explained.getOrDefault(Rule.HEADER_IN_FRAGMENTS, 0);
        boolean any = now > fragmentsBefore;
        fragmentsBefore = now;
        return any;
    }

    Headers headers() {
        return headers;
    }

    Map<Rule, Integer> explained() {
        return explained;
    }

    Map<String, Integer> fields() {
        return fields;
    }

    /** The first differences, worded. */
    List<String> differences() {
        return differences;
    }

    int packets() {
        return packets;
    }

    void compare(Path file, int frame, Tshark.Row row, PacketView view) {
        where = file.getFileName() + " frame " + frame + " (" + row.text("frame.protocols") + ")";
        packets++;
        equal("frame length", row.number("frame.len"), view.length);
        if (view.unread != null) {
            unread(row, view.unread);
            return;
        }
        Layers layers = Layers.of(row.protocols());
        equal("vlan", row.number(row.has("ieee8021ad.id") ? "ieee8021ad.id" : "vlan.id"), view.vlan);
        if (row.has("eth.src")) {
            equal("link source", last(row, "eth.src"), Address.macText(view.linkSource));
            equal("link destination", last(row, "eth.dst"), Address.macText(view.linkDestination));
        }
        if (!layers.ip().isEmpty()) {
            network(row, view, layers);
        } else if (row.has("arp.opcode")) {
            arp(row, view);
        } else {
            equal("protocol", -1, view.protocol);
        }
    }

    /** Of a packet that could not be read tshark must show something wrong as well: a header that it lacks. */
    private void unread(Tshark.Row row, Unread reason) {
        boolean sane = row.has("tcp.window_size_value") || row.has("udp.length") || row.has("arp.dst.proto_ipv4");
        if (sane && row.protocols().stream().noneMatch("_ws.malformed"::equals)) {
            differ("readable", "yes", reason.reason());
        } else {
            explain(Rule.UNREAD);
        }
    }

    private void arp(Tshark.Row row, PacketView view) {
        equal("protocol", IpProtocol.ARP, view.protocol);
        equal("arp operation", row.number("arp.opcode"), view.sourcePort);
        equal("arp sender", row.text("arp.src.proto_ipv4"), source(view));
        equal("arp target", row.text("arp.dst.proto_ipv4"), destination(view));
        equal("arp sender mac", row.text("arp.src.hw_mac"), Address.macText(view.senderMac));
        equal("arp target mac", row.text("arp.dst.hw_mac"), Address.macText(view.targetMac));
    }

    private void network(Tshark.Row row, PacketView view, Layers layers) {
        boolean ipv4 = "ip".equals(layers.ip());
        int at = layers.ipIndex();
        equal("source", row.text(ipv4 ? "ip.src" : "ipv6.src", at), source(view));
        equal("destination", row.text(ipv4 ? "ip.dst" : "ipv6.dst", at), destination(view));
        equal("ttl", row.number(ipv4 ? "ip.ttl" : "ipv6.hlim", at), view.ttl);
        if (ipv4) {
            equal("ip id", row.number("ip.id", at), view.ipId);
            if (!row.protocols().contains("ah")) {
                equal("protocol", row.number("ip.proto", at), view.protocol);
            }
        } else if (layers.transport().isEmpty() && !row.has("ipv6.fraghdr.nxt")) {
            equal("protocol", row.number("ipv6.nxt", at), view.protocol);
        }
        if (isFragment(row, at, ipv4) && !view.fragment) {
            headers.ours().add(header(view));
        }
        if (isFragment(row, at, ipv4) && (view.fragment || !row.has(view.protocol == 6 ? "tcp.len" : "ip.len"))) {
            explain(Rule.HEADER_IN_FRAGMENTS);
            return;
        }
        equal("fragment", 0, view.fragment ? 1 : 0);
        if (!layers.transport().isEmpty()) {
            transport(row, view, layers);
        } else if (ipv4) {
            equal("payload", row.number("ip.len", at) - row.number("ip.hdr_len", at), view.payloadLength);
        }
    }

    private static String header(PacketView view) {
        return String.format(
                "%s %s > %s %d > %d flags %d window %d length %d",
                view.protocol,
                source(view),
                destination(view),
                view.sourcePort,
                view.destinationPort,
                view.tcpFlags,
                view.tcpWindow,
                view.udpLength);
    }

    /** Takes what tshark says of a fragment when it puts datagrams together. */
    void joined(Tshark.Row row) {
        Layers layers = Layers.of(row.protocols());
        boolean ipv4 = "ip".equals(layers.ip());
        int at = layers.ipIndex();
        if (layers.transport().isEmpty() || !isFragment(row, at, ipv4)) {
            return;
        }
        String name = layers.transport();
        boolean icmp = name.startsWith("icmp");
        headers.tshark()
                .add(String.format(
                        "%s %s > %s %d > %d flags %d window %d length %d",
                        Map.of("tcp", 6, "udp", 17, "sctp", 132, "icmp", 1, "icmpv6", 58)
                                .get(name),
                        row.text(ipv4 ? "ip.src" : "ipv6.src", at),
                        row.text(ipv4 ? "ip.dst" : "ipv6.dst", at),
                        row.number(name + (icmp ? ".type" : ".srcport")),
                        row.number(name + (icmp ? ".code" : ".dstport")),
                        row.number("tcp.flags") & 0x1ff,
                        row.number("tcp.window_size_value"),
                        row.number("udp.length")));
    }

    private static boolean isFragment(Tshark.Row row, int at, boolean ipv4) {
        return ipv4
                ? row.number("ip.frag_offset", at) != 0 || row.number("ip.flags.mf", at) != 0
                : row.has("ipv6.fraghdr.offset");
    }

    private void transport(Tshark.Row row, PacketView view, Layers layers) {
        int at = layers.transportIndex();
        switch (layers.transport()) {
            case "tcp" -> tcp(row, view, at);
            case "udp" -> udp(row, view, at);
            case "sctp" -> {
                ports("sctp", row, view, at);
                equal("sctp chunk", row.has("sctp.chunk_type") ? row.number("sctp.chunk_type") : -1, view.sctpChunk);
            }
            case "icmp" -> {
                equal("icmp type", row.number("icmp.type"), view.sourcePort);
                equal("icmp code", row.number("icmp.code"), view.destinationPort);
                equal("icmp identifier", layers.quoted().isEmpty() ? row.number("icmp.ident") : 0, view.icmpIdentifier);
                equal("icmp payload", row.number("ip.len") - row.number("ip.hdr_len") - 8, view.payloadLength);
            }
            default -> icmpv6(row, view, layers);
        }
        if (!layers.quoted().isEmpty() && view.quoted) {
            quoted(row, view, layers);
        }
        dns(row, view);
    }

    private void tcp(Tshark.Row row, PacketView view, int at) {
        equal("protocol", IpProtocol.TCP, view.protocol);
        ports("tcp", row, view, at);
        equal("tcp flags", row.number("tcp.flags", at) & 0x1ff, view.tcpFlags);
        equal("tcp window", row.number("tcp.window_size_value", at), view.tcpWindow);
        equal("tcp sequence", row.number("tcp.seq_raw", at), view.tcpSequence);
        if (row.has("tcp.ack_raw")) {
            equal("tcp acknowledgment", row.number("tcp.ack_raw", at), view.tcpAcknowledgment);
        }
        if (row.has("tcp.len")) {
            equal("tcp payload", row.number("tcp.len", at), view.payloadLength);
        }
        if ((view.tcpOptions & TcpOptions.UNREADABLE) == 0) {
            equal("tcp options", options(row.all("tcp.option_kind")), view.tcpOptions);
        }
    }

    private static int options(List<String> kinds) {
        int bits = 0;
        for (String kind : kinds) {
            bits |= switch (kind) {
                case "0", "1" -> 0;
                case "2" -> 1;
                case "3" -> 2;
                case "4" -> 4;
                case "5" -> 8;
                case "8" -> 16;
                case "34" -> 32;
                case "19", "29" -> 64;
                default -> 128;
            };
        }
        return bits;
    }

    private void udp(Tshark.Row row, PacketView view, int at) {
        equal("protocol", IpProtocol.UDP, view.protocol);
        ports("udp", row, view, at);
        equal("udp length", row.number("udp.length", at), view.udpLength);
    }

    private void ports(String protocol, Tshark.Row row, PacketView view, int at) {
        equal(protocol + " source port", row.number(protocol + ".srcport", at), view.sourcePort);
        equal(protocol + " destination port", row.number(protocol + ".dstport", at), view.destinationPort);
    }

    private void icmpv6(Tshark.Row row, PacketView view, Layers layers) {
        equal("protocol", IpProtocol.ICMPV6, view.protocol);
        equal("icmpv6 type", row.number("icmpv6.type"), view.sourcePort);
        equal("icmpv6 code", row.number("icmpv6.code"), view.destinationPort);
        if (layers.quoted().isEmpty()) {
            equal("icmpv6 identifier", row.number("icmpv6.echo.identifier"), view.icmpIdentifier);
        }
        String target = row.text("icmpv6.nd.ns.target_address") + row.text("icmpv6.nd.na.target_address");
        if (!target.isEmpty()) {
            equal("ndp target", target, new Address(view.ndpTargetHigh, view.ndpTargetLow).toString());
            if (row.has("icmpv6.opt.linkaddr")) {
                long mac = "1".equals(row.text("icmpv6.opt.type")) ? view.senderMac : view.targetMac;
                equal("ndp link address", row.text("icmpv6.opt.linkaddr"), Address.macText(mac));
            }
        }
    }

    private void quoted(Tshark.Row row, PacketView view, Layers layers) {
        boolean ipv4 = "ip".equals(layers.quoted());
        int at = layers.quotedIndex();
        equal(
                "quoted source",
                row.text(ipv4 ? "ip.src" : "ipv6.src", at),
                new Address(view.quotedSourceHigh, view.quotedSourceLow).toString());
        equal(
                "quoted destination",
                row.text(ipv4 ? "ip.dst" : "ipv6.dst", at),
                new Address(view.quotedDestinationHigh, view.quotedDestinationLow).toString());
        if (ipv4) {
            equal("quoted protocol", row.number("ip.proto", at), view.quotedProtocol);
        }
        for (String protocol : List.of("tcp", "udp", "sctp")) {
            if (row.has(protocol + ".srcport")) {
                int last = row.all(protocol + ".srcport").size() - 1;
                equal("quoted source port", row.number(protocol + ".srcport", last), view.quotedSourcePort);
                equal("quoted destination port", row.number(protocol + ".dstport", last), view.quotedDestinationPort);
            }
        }
        if (view.quotedProtocol == IpProtocol.ICMP && row.has("icmp.ident")) {
            equal("quoted identifier", row.number("icmp.ident"), view.quotedSourcePort);
        }
    }

    private void dns(Tshark.Row row, PacketView view) {
        DnsView dns = view.dns;
        boolean quoting = view.quoted;
        if (row.has("nbns.type") && dns != null) {
            equal("nbns type", row.number("nbns.type"), dns.type);
            explain(Rule.NETBIOS_NAME);
        } else if (row.has("dns.flags.response") && !quoting) {
            if (dns == null) {
                if (row.has("dns.qry.name")) {
                    differ("dns", row.text("dns.qry.name"), "none");
                } else {
                    explain(Rule.NOT_PLAUSIBLE_DNS);
                }
                return;
            }
            equal("dns response", row.number("dns.flags.response"), dns.response ? 1 : 0);
            equal("dns answers", row.number("dns.count.answers"), dns.answers);
            if (dns.response) {
                equal("dns response code", row.number("dns.flags.rcode"), dns.responseCode);
            }
            if (dns.questions > 0 && dns.complete) {
                equal("dns type", row.number("dns.qry.type"), dns.type);
                name(row, dns);
            }
        }
    }

    private void name(Tshark.Row row, DnsView dns) {
        String ours = dns.presentationName();
        String theirs = row.text("dns.qry.name");
        equal(
                "dns name length",
                row.number("dns.qry.name.len"),
                Math.max(dns.nameLength - 1, theirs.equals("<Root>") ? 6 : 0));
        if (ours.indexOf('\\') < 0) {
            equal("dns name", theirs.equals("<Root>") ? "" : theirs, ours);
        } else {
            explain(Rule.NAME_WITH_RAW_BYTES);
            String before = ours.substring(0, ours.indexOf('\\'));
            String behind = ours.substring(ours.lastIndexOf('\\') + 4);
            equal("dns name before raw bytes", before, theirs.substring(0, Math.min(theirs.length(), before.length())));
            equal(
                    "dns name behind raw bytes",
                    behind,
                    theirs.substring(Math.max(0, theirs.length() - behind.length())));
        }
    }

    private static String last(Tshark.Row row, String field) {
        List<String> all = row.all(field);
        return all.get(all.size() - 1);
    }

    private static String source(PacketView view) {
        return new Address(view.sourceHigh, view.sourceLow).toString();
    }

    private static String destination(PacketView view) {
        return new Address(view.destinationHigh, view.destinationLow).toString();
    }

    private void explain(Rule rule) {
        explained.merge(rule, 1, Integer::sum);
    }

    private void equal(String field, long expected, long actual) {
        equal(field, Long.toString(expected), Long.toString(actual));
    }

    private void equal(String field, String expected, String actual) {
        fields.merge(field, 1, Integer::sum);
        if (!expected.equals(actual)) {
            differ(field, expected, actual);
        }
    }

    private void differ(String field, String expected, String actual) {
        if (++differing <= 100) {
            differences.add(where + ": " + field + ": tshark " + expected + ", ours " + actual);
        }
    }
}
