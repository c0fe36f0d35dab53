package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.PacketTotals;
import io.tripline.rules.network.HostPair;
import io.tripline.rules.sketch.LowestHashes;
import io.tripline.schemas.Echo;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What a pair of hosts carried in ICMP echo in one second: only messages with {@linkplain EchoPayload#content a payload of their own}, so that
 * ordinary ping makes none of these. At most {@link #PAYLOADS} payloads, about 6 kB.
 */
public final class EchoActivity implements Part<HostPair, EchoActivity> {
    public static final Codec<EchoActivity> CODEC =
            Codec.of("echo-activity", 1, EchoActivity.class, EchoActivity::write, EchoActivity::read);

    static final int PAYLOADS = 64;

    private final HostPair pair;
    private final long second;
    private final PacketTotals totals;
    private final LowestHashes<EchoPayload> payloads;

    EchoActivity(HostPair pair, long second) {
        this(pair, second, new PacketTotals(), new LowestHashes<>(PAYLOADS));
    }

    private EchoActivity(HostPair pair, long second, PacketTotals totals, LowestHashes<EchoPayload> payloads) {
        this.pair = pair;
        this.second = second;
        this.totals = totals;
        this.payloads = payloads;
    }

    void add(PacketBatch batch, PacketRecord packet, Echo echo, boolean request) {
        long time = batch.getTime() + packet.getTime();
        totals.add(
                request,
                time,
                batch.getFirstFrame() + packet.getFrame(),
                echo.getSize(),
                packet.getLength(),
                batch.getSensor(),
                batch.getClockShift());
        payloads.add(EchoPayload.of(echo, request, time));
    }

    @Override
    public HostPair subject() {
        return pair;
    }

    @Override
    public long second() {
        return second;
    }

    @Override
    public String sensor() {
        return totals.sensors().sensor();
    }

    /** Messages that carried a payload; requests go up. */
    public PacketTotals totals() {
        return totals;
    }

    public LowestHashes<EchoPayload> payloads() {
        return payloads;
    }

    @Override
    public void merge(EchoActivity other) {
        totals.addAll(other.totals);
        payloads.addAll(other.payloads);
    }

    /** Whether two sensors saw the same messages is told by their payloads. */
    @Override
    public void combine(EchoActivity other) {
        totals.combine(other.totals, payloads.overlap(other.payloads));
        payloads.addAll(other.payloads);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        pair.write(out);
        out.writeLong(second);
        totals.write(out);
        payloads.write(out);
    }

    public static EchoActivity read(DataInput in) throws IOException {
        return new EchoActivity(
                HostPair.read(in),
                in.readLong(),
                PacketTotals.read(in),
                LowestHashes.read(in, PAYLOADS, EchoPayload::read));
    }
}
