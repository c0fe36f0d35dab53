package io.tripline.sensor.decode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Builds packets from the inside out: each step puts its header before what is there and gives it the right length.
 *
 * <p>Addresses are 10.0.0.1 to 10.0.0.2 and 2001:db8::1 to 2001:db8::2, MAC addresses 02:00:00:00:00:01 to
 * 02:00:00:00:00:02.
 */
final class PacketBuilder {
    private byte[] bytes;

    private PacketBuilder(byte[] bytes) {
        this.bytes = bytes;
    }

    static PacketBuilder payload(int length) {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) (i * 7 + 1);
        }
        return new PacketBuilder(payload);
    }

    /** Bytes in hexadecimal; blanks are for the reader. */
    static PacketBuilder hex(String hex) {
        return new PacketBuilder(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    /** A DNS query for this name. */
    static PacketBuilder dnsQuery(String name, int type) {
        StringBuilder question = new StringBuilder();
        for (String label : name.split("\\.", -1)) {
            question.append(String.format("%02x", label.length()))
                    .append(HexFormat.of().formatHex(label.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return hex("1234 0100 0001 0000 0000 0000" + question + String.format("00 %04x 0001", type));
    }

    static PacketBuilder arp(int operation) {
        return hex(String.format("0001 0800 06 04 %04x 020000000001 0a000001 020000000002 0a000002", operation));
    }

    PacketBuilder tcp(int sourcePort, int destinationPort, int flags, int window, String options) {
        int words = 5 + options.replace(" ", "").length() / 8;
        return before(String.format(
                "%04x %04x 01020304 05060708 %04x %04x 0000 0000 %s",
                sourcePort, destinationPort, (words << 12) | flags, window, options));
    }

    PacketBuilder udp(int sourcePort, int destinationPort) {
        return before(String.format("%04x %04x %04x 0000", sourcePort, destinationPort, 8 + bytes.length));
    }

    PacketBuilder sctp(int sourcePort, int destinationPort, int chunk) {
        return before(String.format("%04x %04x 00000000 00000000 %02x 00 0004", sourcePort, destinationPort, chunk));
    }

    PacketBuilder icmp(int type, int code, int identifier) {
        return before(String.format("%02x %02x 0000 %04x 0001", type, code, identifier));
    }

    PacketBuilder ipv4(int protocol) {
        return ipv4Fragment(protocol, 0, false);
    }

    /** A fragment of datagram 77; the offset is in bytes. */
    PacketBuilder ipv4Fragment(int protocol, int offset, boolean more) {
        return before(String.format(
                "45 00 %04x 004d %04x 40 %02x 0000 0a000001 0a000002",
                20 + bytes.length, (more ? 0x2000 : 0) | (offset >> 3), protocol));
    }

    PacketBuilder ipv6(int next) {
        return before(String.format(
                "60000000 %04x %02x 40 20010db8000000000000000000000001 20010db8000000000000000000000002",
                bytes.length, next));
    }

    PacketBuilder ipv6Fragment(int next, int offset, boolean more) {
        return before(String.format("%02x 00 %04x 0000004d", next, offset | (more ? 1 : 0)));
    }

    PacketBuilder ethernet(int etherType) {
        return before(String.format("020000000002 020000000001 %04x", etherType));
    }

    PacketBuilder before(String hex) {
        byte[] header = hex(hex).bytes;
        ByteArrayOutputStream all = new ByteArrayOutputStream(header.length + bytes.length);
        all.writeBytes(header);
        all.writeBytes(bytes);
        bytes = all.toByteArray();
        return this;
    }

    PacketBuilder behind(String hex) {
        byte[] trailer = hex(hex).bytes;
        ByteArrayOutputStream all = new ByteArrayOutputStream(trailer.length + bytes.length);
        all.writeBytes(bytes);
        all.writeBytes(trailer);
        bytes = all.toByteArray();
        return this;
    }

    /** The bytes from one place up to another, as the payload of a fragment. */
    PacketBuilder slice(int from, int to) {
        return new PacketBuilder(Arrays.copyOfRange(bytes, from, Math.min(to, bytes.length)));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    int length() {
        return bytes.length;
    }

    PacketView decode(Decoder decoder, int linkType) {
        return decoder.decode(1, linkType, new UnsafeBuffer(bytes()), 0, bytes.length, bytes.length);
    }

    PacketView decode(int linkType) {
        return decode(new Decoder(), linkType);
    }

    PacketView decode() {
        return decode(LinkType.ETHERNET);
    }
}
