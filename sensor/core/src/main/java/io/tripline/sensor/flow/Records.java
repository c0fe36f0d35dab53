package io.tripline.sensor.flow;

import io.tripline.schemas.Address;
import io.tripline.schemas.Conversation;
import io.tripline.schemas.Dns;
import io.tripline.schemas.Echo;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Neighbour;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Volume;
import io.tripline.sensor.decode.DnsView;
import io.tripline.sensor.decode.PacketView;

/** Makes the record of a significant packet, and the volume of a conversation. */
final class Records {
    private Records() {}

    static PacketRecord record(PacketView view, Verdict verdict, long time, int frame) {
        PacketRecord packet = new PacketRecord();
        packet.setTime(time);
        packet.setFrame(frame);
        packet.setSourceHigh(view.sourceHigh);
        packet.setSourceLow(view.sourceLow);
        packet.setDestinationHigh(view.destinationHigh);
        packet.setDestinationLow(view.destinationLow);
        packet.setProtocol(view.protocol);
        packet.setSourcePort(view.sourcePort);
        packet.setDestinationPort(view.destinationPort);
        packet.setLength(Math.max(0, view.length));
        packet.setPayload(view.payloadLength);
        packet.setTcpFlags(view.tcpFlags);
        packet.setWindow(view.tcpWindow);
        packet.setTcpOptions(view.tcpOptions);
        packet.setTtl(view.ttl);
        packet.setVlan(view.vlan);
        packet.setRole(verdict.role);
        packet.setFromInitiator(verdict.fromInitiator);
        packet.setTechnique(verdict.technique);
        packet.setOutcome(verdict.outcome);
        packet.setClosesFirst(verdict.closesFirst);
        packet.setIndicators(verdict.indicators);
        Conversation about = verdict.about;
        if (about != null) {
            packet.setAbout(about);
        }
        Echo echo = verdict.echo;
        if (echo != null) {
            packet.setEcho(echo);
        }
        packet.setEntropy(verdict.entropy);
        if (view.protocol == IpProtocol.ARP) {
            packet.setArp(neighbour(view));
            if (Reach.isUnspecified(view.sourceHigh, view.sourceLow)) {
                Address sender = Address.ofMac(NeighbourRules.mac(view));
                packet.setSourceHigh(sender.high());
                packet.setSourceLow(sender.low());
            } else if (NeighbourRules.answersUnspecified(view)) {
                Address asker = Address.ofMac(view.targetMac);
                packet.setDestinationHigh(asker.high());
                packet.setDestinationLow(asker.low());
            }
        } else if (view.protocol == IpProtocol.ICMPV6 && !view.fragment) {
            neighbourDiscovery(view, packet);
        }
        DnsView dns = view.dns;
        if (dns != null) {
            packet.setDns(dns(dns));
        }
        return packet;
    }

    /** The still empty volume of the packet's conversation. */
    static Volume volume(PacketView view, boolean fromInitiator) {
        Volume volume = new Volume();
        volume.setProtocol(view.protocol);
        if (fromInitiator) {
            volume.setInitiatorHigh(view.sourceHigh);
            volume.setInitiatorLow(view.sourceLow);
            volume.setInitiatorPort(view.sourcePort);
            volume.setResponderHigh(view.destinationHigh);
            volume.setResponderLow(view.destinationLow);
            volume.setResponderPort(view.destinationPort);
        } else {
            volume.setInitiatorHigh(view.destinationHigh);
            volume.setInitiatorLow(view.destinationLow);
            volume.setInitiatorPort(view.destinationPort);
            volume.setResponderHigh(view.sourceHigh);
            volume.setResponderLow(view.sourceLow);
            volume.setResponderPort(view.sourcePort);
        }
        return volume;
    }

    private static void neighbourDiscovery(PacketView view, PacketRecord packet) {
        switch (view.sourcePort) {
            case NeighbourRules.SOLICITATION, NeighbourRules.ADVERTISEMENT -> {
                packet.setArp(neighbour(view));
                packet.setDestinationHigh(view.ndpTargetHigh);
                packet.setDestinationLow(view.ndpTargetLow);
            }
            case NeighbourRules.ROUTER_ADVERTISEMENT -> packet.setArp(neighbour(view));
            default -> {}
        }
    }

    private static Neighbour neighbour(PacketView view) {
        Neighbour neighbour = new Neighbour();
        neighbour.setOperation(view.sourcePort);
        neighbour.setLinkSource(view.linkSource);
        neighbour.setSenderMac(view.senderMac);
        neighbour.setTargetMac(view.targetMac);
        neighbour.setLinkDestination(view.linkDestination);
        neighbour.setFlags(view.ndpFlags);
        return neighbour;
    }

    private static Dns dns(DnsView view) {
        Dns dns = new Dns();
        dns.setResponse(view.response);
        dns.setName(view.presentationName());
        dns.setType(view.type);
        dns.setResponseCode(view.responseCode);
        dns.setAnswers(view.answers);
        dns.setSize(view.size);
        dns.setComplete(view.complete);
        return dns;
    }
}
