package io.tripline.sensor.flow;

import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.decode.PacketView;
import java.util.function.Consumer;

/**
 * The heart of a sensor: takes decoded packets in capture order, decides who began which conversation and what became
 * of it, and gives batches. Memory is fixed; nothing is allocated for a packet that has no record. Not for several
 * threads.
 */
public final class FlowSensor {
    private final StreamClock clock;
    private final Verdict verdict = new Verdict();
    private final boolean everyPacket;
    private final FirstPayload firstPayload = new FirstPayload();
    private final Flow flow;
    private final BatchBuilder batch;
    private final TcpRules tcp;
    private final UdpRules udp;
    private final SctpRules sctp;
    private final IcmpRules icmp;
    private final NeighbourRules neighbours;
    private final OtherIpRules otherIp;
    private long frames;

    /**
     * A sensor that has seen nothing yet.
     *
     * @param sink takes each batch when it closes; the sensor never touches a batch again, so another thread may read
     * it
     */
    public FlowSensor(SensorSettings settings, Consumer<PacketBatch> sink) {
        this(settings, new StreamClock(), sink);
    }

    /**
     * A sensor whose stream time begins in the minute after {@code begin}, by whole minutes that become part of
     * {@code clockShift}: for a capture that is replayed as if it happened now.
     *
     * @param begin microseconds since the epoch, above 0
     */
    public FlowSensor(SensorSettings settings, long begin, Consumer<PacketBatch> sink) {
        this(settings, new StreamClock(begin), sink);
    }

    private FlowSensor(SensorSettings settings, StreamClock clock, Consumer<PacketBatch> sink) {
        this.clock = clock;
        FlowTable table = new FlowTable(settings.conversations());
        AnswerVisibility visibility = new AnswerVisibility();
        everyPacket = settings.everyPacket();
        flow = new Flow(table, visibility);
        batch = new BatchBuilder(settings, clock, table, visibility, sink);
        tcp = new TcpRules(flow);
        udp = new UdpRules(flow);
        sctp = new SctpRules(flow);
        neighbours = new NeighbourRules(flow);
        icmp = new IcmpRules(flow, neighbours);
        otherIp = new OtherIpRules(flow);
    }

    /** Takes the next packet of the capture; the view may be reused afterwards. */
    public void accept(PacketView view) {
        long time = clock.advance(view.time);
        long frame = ++frames;
        batch.admit(view, time, frame);
        if (view.unread != null || view.protocol < 0) {
            return;
        }
        verdict.reset();
        flow.reset(time);
        judge(view, time);
        if (view.payloadLength > 0 && (view.protocol == IpProtocol.TCP || view.protocol == IpProtocol.UDP)) {
            firstPayload.judge(view, flow, verdict);
        }
        if (verdict.record || everyPacket || view.dns != null) {
            batch.record(view, verdict, time, frame);
        } else {
            batch.volume(view, flow, verdict.fromInitiator);
        }
    }

    private void judge(PacketView view, long time) {
        if (view.fragment) {
            verdict.record = true;
            return;
        }
        switch (view.protocol) {
            case IpProtocol.TCP -> tcp.judge(view, verdict);
            case IpProtocol.UDP -> udp.judge(view, time, verdict);
            case IpProtocol.SCTP -> sctp.judge(view, verdict);
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> icmp.judge(view, verdict);
            case IpProtocol.ARP -> neighbours.arp(view, verdict);
            default -> otherIp.judge(view, verdict);
        }
    }

    /** The capture's clock is known to have been set back before the next packet. */
    public void setBack() {
        clock.setBack();
    }

    /** The next packet comes too late to be put in its place; its time was raised. */
    public void late() {
        clock.late();
    }

    /** Counts packets that the capture lost before the sensor saw them. */
    public void dropped(long packets) {
        batch.dropped(packets);
    }

    /**
     * Hands over what has come together so far, also where the batch is not full: at the end, and when a segment is
     * quiet.
     */
    public void flush() {
        batch.close();
    }

    /**
     * Closes a batch that has been open for as long as a batch may, though no packet came to close it.
     *
     * @param now the capture's clock, microseconds since the epoch
     */
    public void passTime(long now) {
        batch.closeIfOpenSince(clock.stream(now));
    }

    /**
     * Closes the batch and gives one without packets, which tells how far time has come.
     *
     * @param reached on the capture's clock, microseconds: no older packet is to come; below 0 where that is not known
     */
    public void heartbeat(long reached) {
        batch.close();
        if (reached >= 0) {
            clock.reach(reached);
        }
        batch.heartbeat();
    }

    /**
     * Corrects the capture's clock from the next packet on.
     *
     * @param micros added to capture time: whole seconds, in microseconds
     */
    public void correct(long micros) {
        if (micros != clock.correction()) {
            batch.close();
            clock.correct(micros);
        }
    }
}
