package io.tripline.sensor.decode;

import java.util.ArrayList;
import java.util.List;

/** A valid packet for every link type, tag, tunnel, network and transport header that can be read. */
final class PacketCatalogue {
    /** A SYN's options as Linux sends them: MSS, SACK permitted, timestamps, window scale. */
    static final String SYN_OPTIONS = "020405b4 0402080a 00000001 00000000 01030307";

    record Packet(String name, int linkType, PacketBuilder content) {
        byte[] bytes() {
            return content.bytes();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private PacketCatalogue() {}

    static List<Packet> all() {
        List<Packet> all = new ArrayList<>();
        add(all, "tcp", 1, syn().ipv4(6).ethernet(0x0800));
        add(
                all,
                "tcp with ip options",
                1,
                syn().before("46 00 0044 0001 0000 40 06 0000 0a000001 0a000002 94040000")
                        .ethernet(0x0800));
        add(all, "udp", 1, PacketBuilder.payload(9).udp(1000, 2000).ipv4(17).ethernet(0x0800));
        add(
                all,
                "sctp",
                1,
                PacketBuilder.payload(0).sctp(1000, 2000, 1).ipv4(132).ethernet(0x0800));
        add(
                all,
                "icmp echo",
                1,
                PacketBuilder.payload(24).icmp(8, 0, 99).ipv4(1).ethernet(0x0800));
        add(all, "icmp error", 1, syn().ipv4(6).icmp(3, 3, 0).ipv4(1).ethernet(0x0800));
        add(all, "igmp", 1, PacketBuilder.payload(8).ipv4(2).ethernet(0x0800));
        add(all, "arp", 1, PacketBuilder.arp(1).ethernet(0x0806));
        add(all, "tcp over ipv6", 1, syn().ipv6(6).ethernet(0x86dd));
        add(all, "icmpv6 error", 1, syn().ipv6(6).icmp(1, 4, 0).ipv6(58).ethernet(0x86dd));
        add(all, "neighbour solicitation", 1, neighbour(135, 1).ipv6(58).ethernet(0x86dd));
        add(all, "neighbour advertisement", 1, neighbour(136, 2).ipv6(58).ethernet(0x86dd));
        add(
                all,
                "extension headers",
                1,
                syn().before("06 00 0104 00000000")
                        .before("3c 00 0104 00000000")
                        .before("2b 00 0104 00000000")
                        .ipv6(0)
                        .ethernet(0x86dd));
        add(
                all,
                "authenticated ipv6",
                1,
                syn().before("06 04 0000 00000001 00000002 0102030405060708 090a0b0c")
                        .ipv6(51)
                        .ethernet(0x86dd));
        add(
                all,
                "authenticated ipv4",
                1,
                syn().before("06 04 0000 00000001 00000002 0102030405060708 090a0b0c")
                        .ipv4(51)
                        .ethernet(0x0800));
        add(all, "atomic fragment", 1, syn().ipv6Fragment(6, 0, false).ipv6(44).ethernet(0x86dd));
        add(
                all,
                "dns over udp",
                1,
                PacketBuilder.dnsQuery("www.example.com", 28)
                        .udp(5000, 53)
                        .ipv4(17)
                        .ethernet(0x0800));
        PacketBuilder query = PacketBuilder.dnsQuery("www.example.com", 1);
        add(
                all,
                "dns over tcp",
                1,
                query.before(String.format("%04x", query.length()))
                        .tcp(5000, 53, 0x18, 500, "")
                        .ipv4(6)
                        .ethernet(0x0800));
        add(all, "vlan", 1, syn().ipv4(6).before("0064 0800").ethernet(0x8100));
        add(
                all,
                "qinq",
                1,
                syn().ipv4(6).before("0065 0800").before("0064 8100").ethernet(0x88a8));
        add(all, "mpls", 1, syn().ipv4(6).before("00064140").before("00064040").ethernet(0x8847));
        PacketBuilder ppp = syn().ipv4(6).before("0021");
        add(
                all,
                "pppoe",
                1,
                ppp.before(String.format("11 00 0001 %04x", ppp.length())).ethernet(0x8864));
        PacketBuilder snap = syn().ipv4(6).before("aaaa03 000000 0800");
        add(all, "snap", 1, snap.ethernet(snap.length()));
        add(
                all,
                "gre",
                1,
                syn().ipv4(6)
                        .before("b000 0800 00000000 00000005 00000006")
                        .ipv4(47)
                        .ethernet(0x0800));
        add(
                all,
                "ethernet in gre",
                1,
                syn().ipv4(6).ethernet(0x0800).before("0000 6558").ipv4(47).ethernet(0x0800));
        add(all, "ipv4 in ipv4", 1, syn().ipv4(6).ipv4(4).ethernet(0x0800));
        add(all, "ipv6 in ipv4", 1, syn().ipv6(6).ipv4(41).ethernet(0x0800));
        add(
                all,
                "vxlan",
                1,
                syn().ipv4(6)
                        .ethernet(0x0800)
                        .before("08000000 00000500")
                        .udp(5555, 4789)
                        .ipv4(17)
                        .ethernet(0x0800));
        add(all, "sll", LinkType.LINUX_SLL, syn().ipv4(6).before("0000 0001 0006 020000000001 0000 0800"));
        add(all, "sll2", LinkType.LINUX_SLL2, syn().ipv4(6).before("0800 0000 00000001 0001 00 06 020000000001 0000"));
        add(all, "raw", LinkType.RAW, syn().ipv4(6));
        add(all, "raw ipv6", LinkType.RAW, syn().ipv6(6));
        add(all, "ipv4", LinkType.IPV4, syn().ipv4(6));
        add(all, "ipv6", LinkType.IPV6, syn().ipv6(6));
        add(all, "null little-endian", LinkType.NULL, syn().ipv4(6).before("02000000"));
        add(all, "null big-endian", LinkType.NULL, syn().ipv6(6).before("0000001e"));
        add(all, "loop", LinkType.LOOP, syn().ipv4(6).before("00000002"));
        add(all, "ppp", LinkType.PPP, syn().ipv4(6).before("ff03 0021"));
        return all;
    }

    static PacketBuilder syn() {
        return PacketBuilder.payload(4).tcp(1000, 2000, 0x02, 1024, SYN_OPTIONS);
    }

    private static PacketBuilder neighbour(int type, int option) {
        return PacketBuilder.hex(String.format(
                "%02x 00 0000 00000000 20010db8000000000000000000000009 %02x 01 020000000009", type, option));
    }

    private static void add(List<Packet> all, String name, int linkType, PacketBuilder packet) {
        all.add(new Packet(name, linkType, packet));
    }
}
