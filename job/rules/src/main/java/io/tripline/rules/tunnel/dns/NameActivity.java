package io.tripline.rules.tunnel.dns;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.engine.Part;
import io.tripline.rules.incident.PacketTotals;
import io.tripline.rules.sketch.LowestHashes;
import io.tripline.rules.sketch.Overlap;
import io.tripline.schemas.Address;
import io.tripline.schemas.Dns;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Names that look encoded and that one client asked for under one domain in one second. Ordinary names make none of these. At most {@link #NAMES}
 * names, about 5 kB.
 */
public final class NameActivity implements Part<ClientDomain, NameActivity> {
    public static final Codec<NameActivity> CODEC =
            Codec.of("name-activity", 1, NameActivity.class, NameActivity::write, NameActivity::read);

    static final int NAMES = 64;

    private static final int HEADER_AND_QUESTION = 16;

    private final ClientDomain subject;
    private final long second;
    private final PacketTotals totals;
    private final NameTotals details;
    private final LowestHashes<EncodedName> names;

    NameActivity(ClientDomain subject, long second) {
        this(subject, second, new PacketTotals(), new NameTotals(), new LowestHashes<>(NAMES));
    }

    private NameActivity(
            ClientDomain subject,
            long second,
            PacketTotals totals,
            NameTotals details,
            LowestHashes<EncodedName> names) {
        this.subject = subject;
        this.second = second;
        this.totals = totals;
        this.details = details;
        this.names = names;
    }

    void add(PacketBatch batch, PacketRecord packet, Dns dns, NameShape shape, int carried) {
        long time = batch.getTime() + packet.getTime();
        boolean query = !dns.getResponse();
        int answer = NameReader.isOdd(dns.getType())
                ? Math.max(0, dns.getSize() - HEADER_AND_QUESTION - shape.wireLength())
                : 0;
        totals.add(
                query,
                time,
                batch.getFirstFrame() + packet.getFrame(),
                query ? carried : answer,
                packet.getLength(),
                batch.getSensor(),
                batch.getClockShift());
        details.add(
                dns,
                query
                        ? new Address(packet.getDestinationHigh(), packet.getDestinationLow())
                        : new Address(packet.getSourceHigh(), packet.getSourceLow()));
        names.add(new EncodedName(shape.hash(), shape.length(), carried, time));
    }

    @Override
    public ClientDomain subject() {
        return subject;
    }

    @Override
    public long second() {
        return second;
    }

    @Override
    public String sensor() {
        return totals.sensors().sensor();
    }

    /** Queries go up, answers down; what answers carry beyond the question is counted for types that carry data. */
    public PacketTotals totals() {
        return totals;
    }

    public NameTotals details() {
        return details;
    }

    public LowestHashes<EncodedName> names() {
        return names;
    }

    @Override
    public void merge(NameActivity other) {
        totals.addAll(other.totals);
        details.addAll(other.details);
        names.addAll(other.names);
    }

    /** Whether two sensors saw the same messages is told by the names in them. */
    @Override
    public void combine(NameActivity other) {
        Overlap overlap = names.overlap(other.names);
        totals.combine(other.totals, overlap);
        details.combine(other.details, overlap);
        names.addAll(other.names);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        subject.write(out);
        out.writeLong(second);
        totals.write(out);
        details.write(out);
        names.write(out);
    }

    public static NameActivity read(DataInput in) throws IOException {
        return new NameActivity(
                ClientDomain.read(in),
                in.readLong(),
                PacketTotals.read(in),
                NameTotals.read(in),
                LowestHashes.read(in, NAMES, EncodedName::read));
    }
}
