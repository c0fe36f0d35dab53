package io.tripline.bench;

import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.TcpFlags;
import io.tripline.schemas.Technique;
import java.util.ArrayList;
import java.util.List;

/**
 * SYNs under false addresses, no two alike, 32 a second to each of rate / 32 hosts, and one scanner among them that
 * tries a port of a host now and then. Told as a sensor tells it, a batch a second. The scanner's probes are refused
 * wherever the tap shows answers.
 */
final class SpoofedSpray {
    static final Address SCANNER = Address.ofIpv4(0xC6336442);

    private static final int FIRST_TARGET = 0x0A400000;
    private static final int A_TARGET = 32;
    private static final long SECOND = 1_000_000;

    /**
     * What the tap shows.
     *
     * @param answered whether targets refuse
     * @param seesAnswers whether the tap shows what comes back
     */
    record Tap(boolean answered, boolean seesAnswers) {
        boolean showsRefusals() {
            return answered && seesAnswers;
        }

        @Override
        public String toString() {
            return (answered ? "answered" : "unanswered") + ", tap sees "
                    + (seesAnswers ? "both directions" : "one direction");
        }
    }

    private final Tap tap;
    private final int rate;
    private final long scannerFrom;
    private final int scannerGap;
    private final List<PacketRecord> pool = new ArrayList<>();
    private int number;
    private int port;

    /**
     * A spray.
     *
     * @param rate new sources a second
     * @param scannerFrom the second in which the scanner begins
     * @param scannerGap seconds between its probes
     */
    SpoofedSpray(Tap tap, int rate, long scannerFrom, int scannerGap) {
        this.tap = tap;
        this.rate = rate;
        this.scannerFrom = scannerFrom;
        this.scannerGap = scannerGap;
    }

    /** All packets of a second. They are overwritten by the next. */
    PacketBatch second(long second) {
        List<PacketRecord> records = new ArrayList<>();
        boolean scans = second >= scannerFrom && (second - scannerFrom) % scannerGap == 0;
        for (int i = 0; i < rate; i++) {
            if (scans && i == rate / 2) {
                scan(records);
            }
            // an odd factor visits each address once
            int source = ++number * 0x9E3779B1;
            probe(records, Address.mapIpv4(source), FIRST_TARGET + i / A_TARGET, 1 + (number & 0x3ff), i);
            if (tap.showsRefusals()) {
                refusal(records);
            }
        }
        return batch(second, records);
    }

    /**
     * The scanner's next probe, in the middle of the second: of the actors that do little the fold follows those that
     * come first.
     */
    private void scan(List<PacketRecord> records) {
        probe(records, SCANNER.low(), FIRST_TARGET + rate / A_TARGET / 2, 2_000 + port++, rate / 2);
        if (tap.seesAnswers()) {
            refusal(records);
        }
    }

    private void probe(List<PacketRecord> records, long source, int target, int toPort, int turn) {
        PacketRecord packet = next(records, (long) turn * (SECOND - 1) / rate);
        packet.setSourceLow(source);
        packet.setDestinationLow(Address.mapIpv4(target));
        packet.setSourcePort(40_000);
        packet.setDestinationPort(toPort);
        packet.setFromInitiator(true);
        packet.setRole(Role.FIRST);
        packet.setOutcome(Outcome.NONE);
        packet.setTcpFlags(TcpFlags.SYN);
    }

    /** The latest probe is refused at once. */
    private void refusal(List<PacketRecord> records) {
        PacketRecord probe = records.get(records.size() - 1);
        PacketRecord packet = next(records, probe.getTime());
        packet.setSourceLow(probe.getDestinationLow());
        packet.setDestinationLow(probe.getSourceLow());
        packet.setSourcePort(probe.getDestinationPort());
        packet.setDestinationPort(probe.getSourcePort());
        packet.setFromInitiator(false);
        packet.setRole(Role.ANSWER);
        packet.setOutcome(Outcome.CLOSED);
        packet.setTcpFlags(TcpFlags.RST | TcpFlags.ACK);
    }

    private PacketRecord next(List<PacketRecord> records, long time) {
        if (records.size() == pool.size()) {
            PacketRecord made = new PacketRecord();
            made.setProtocol(IpProtocol.TCP);
            made.setTechnique(Technique.SYN);
            made.setLength(60);
            made.setTtl(64);
            pool.add(made);
        }
        PacketRecord packet = pool.get(records.size());
        packet.setTime(time);
        packet.setFrame(records.size());
        records.add(packet);
        return packet;
    }

    private PacketBatch batch(long second, List<PacketRecord> records) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("soak");
        batch.setSegment("");
        batch.setSequence(second);
        batch.setTime(second * SECOND);
        batch.setNewest(second * SECOND + SECOND - 1);
        batch.setFirstFrame(1);
        batch.setPackets(records.size());
        batch.setBytes(records.size() * 60L);
        batch.setAnswersVisible(tap.seesAnswers());
        batch.setProtocols(List.of());
        batch.setUnread(List.of());
        batch.setRecords(records);
        batch.setVolumes(List.of());
        return batch;
    }
}
