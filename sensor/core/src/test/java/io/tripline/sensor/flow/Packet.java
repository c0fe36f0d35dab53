package io.tripline.sensor.flow;

import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import io.tripline.sensor.decode.DnsView;
import io.tripline.sensor.decode.PacketView;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Builds the view of one packet, as the decoder would fill it. */
final class Packet {
    static final String CLIENT = "10.0.0.1";
    static final String SERVER = "10.0.0.2";
    static final long START = 1_700_000_000L;

    final PacketView view = new PacketView();

    private Packet(int protocol, String source, int sourcePort, String destination, int destinationPort) {
        view.protocol = protocol;
        view.length = 60;
        view.ttl = 64;
        view.sctpChunk = -1;
        view.etherType = 0x0800;
        view.sourceHigh = address(source).high();
        view.sourceLow = address(source).low();
        view.destinationHigh = address(destination).high();
        view.destinationLow = address(destination).low();
        view.sourcePort = sourcePort;
        view.destinationPort = destinationPort;
        at(0);
    }

    static Packet tcp(String source, int sourcePort, String destination, int destinationPort, int flags) {
        Packet packet = new Packet(IpProtocol.TCP, source, sourcePort, destination, destinationPort);
        packet.view.tcpFlags = flags;
        packet.view.tcpWindow = 1024;
        return packet;
    }

    static Packet udp(String source, int sourcePort, String destination, int destinationPort) {
        Packet packet = new Packet(IpProtocol.UDP, source, sourcePort, destination, destinationPort);
        packet.view.udpLength = 40;
        packet.view.payloadLength = 32;
        return packet;
    }

    static Packet sctp(String source, int sourcePort, String destination, int destinationPort, int chunk) {
        Packet packet = new Packet(IpProtocol.SCTP, source, sourcePort, destination, destinationPort);
        packet.view.sctpChunk = chunk;
        return packet;
    }

    static Packet icmp(String source, String destination, int type, int code) {
        return new Packet(IpProtocol.ICMP, source, type, destination, code);
    }

    static Packet icmpv6(String source, String destination, int type, int code) {
        return new Packet(IpProtocol.ICMPV6, source, type, destination, code);
    }

    static Packet ip(int protocol, String source, String destination) {
        return new Packet(protocol, source, 0, destination, 0);
    }

    static Packet arp(int operation, String sender, long senderMac, String target) {
        Packet packet = new Packet(IpProtocol.ARP, sender, operation, target, 0);
        packet.view.senderMac = senderMac;
        packet.view.linkSource = senderMac;
        return packet;
    }

    /** Stream time in seconds after the start of the case. */
    Packet at(double seconds) {
        view.time = START * 1_000_000_000L + Math.round(seconds * 1e9);
        return this;
    }

    Packet numbers(long sequence, long acknowledgment) {
        view.tcpSequence = sequence;
        view.tcpAcknowledgment = acknowledgment;
        return this;
    }

    Packet window(int window) {
        view.tcpWindow = window;
        return this;
    }

    Packet payload(int bytes) {
        view.payloadLength = bytes;
        view.length = 54 + bytes;
        return this;
    }

    Packet identifier(int identifier) {
        view.icmpIdentifier = identifier;
        return this;
    }

    Packet target(String address) {
        view.ndpTargetHigh = address(address).high();
        view.ndpTargetLow = address(address).low();
        return this;
    }

    Packet to(long mac) {
        view.linkDestination = mac;
        return this;
    }

    Packet quoting(Packet quoted) {
        view.quoted = true;
        view.quotedProtocol = quoted.view.protocol;
        view.quotedSourceHigh = quoted.view.sourceHigh;
        view.quotedSourceLow = quoted.view.sourceLow;
        view.quotedDestinationHigh = quoted.view.destinationHigh;
        view.quotedDestinationLow = quoted.view.destinationLow;
        boolean icmp = quoted.view.protocol == IpProtocol.ICMP || quoted.view.protocol == IpProtocol.ICMPV6;
        view.quotedSourcePort = icmp ? quoted.view.icmpIdentifier : quoted.view.sourcePort;
        view.quotedDestinationPort = icmp ? 0 : quoted.view.destinationPort;
        return this;
    }

    Packet dns(boolean response, String label) {
        DnsView dns = new DnsView();
        dns.response = response;
        dns.complete = true;
        dns.type = 1;
        dns.size = view.payloadLength;
        dns.name[0] = (byte) label.length();
        for (int i = 0; i < label.length(); i++) {
            dns.name[i + 1] = (byte) label.charAt(i);
        }
        dns.nameLength = label.length() + 1;
        view.dns = dns;
        return this;
    }

    static Address address(String text) {
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return bytes.length == 4
                    ? Address.ofIpv4(buffer.getInt())
                    : new Address(buffer.getLong(), buffer.getLong());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
