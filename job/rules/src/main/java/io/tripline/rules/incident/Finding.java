package io.tripline.rules.incident;

import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a rule has to say about an actor at one moment of an incident. All times are stream times in microseconds.
 *
 * @param rule identifier of the rule, as in the documents
 * @param stage where the incident stands
 * @param actor who did it; for a rule about a target (see {@code RuleDescription}), that target
 * @param scope what the incident is about besides rule and actor, as it was when it opened; part of its identity
 * @param firstSeen first packet that belongs to it
 * @param crossed end of the second in which the threshold was crossed
 * @param lastSeen latest packet that belongs to it
 * @param changed when this finding was made
 * @param clockShift what to subtract from these times to get capture time
 * @param techniques probes by technique
 * @param services distinct services probed
 * @param serviceSample lowest of these
 * @param serviceRanges the same as text, shortened where it is long
 * @param openServices services that answered, lowest first
 * @param outcomes what became of the probes
 * @param hosts distinct targets
 * @param hostSample lowest of these
 * @param packets probing packets
 * @param bytes bytes on the wire of these
 * @param frames numbers of the first frames
 * @param sensors packets of the incident by sensor
 * @param approximate whether counts are estimates
 * @param answersSeen whether the tap showed answers to this actor; where false a silent port may well be open
 * @param reasons tests that led here
 * @param sourceCount distinct sources where there may be several, otherwise 0
 * @param sources lowest or most telling of these; where the actor is a MAC address, IP addresses known to be its own
 * @param detail what this sort of rule adds
 */
public record Finding(
        String rule,
        Stage stage,
        Address actor,
        String scope,
        long firstSeen,
        long crossed,
        long lastSeen,
        long changed,
        long clockShift,
        SortedMap<Probing, Long> techniques,
        long services,
        List<Integer> serviceSample,
        String serviceRanges,
        List<Integer> openServices,
        Outcomes outcomes,
        long hosts,
        List<Address> hostSample,
        long packets,
        long bytes,
        List<Long> frames,
        SortedMap<String, Long> sensors,
        boolean approximate,
        boolean answersSeen,
        List<Reason> reasons,
        long sourceCount,
        List<Address> sources,
        Detail detail) {

    /** Where an incident stands. */
    public enum Stage {
        OPENED,
        UPDATED,
        CLOSED
    }

    /** How many services or hosts were open, refused and silent. */
    public record Outcomes(long open, long closed, long silent) {}

    /** This finding at another stage and time. */
    public Finding at(Stage other, long otherChanged) {
        return new Finding(
                rule,
                other,
                actor,
                scope,
                firstSeen,
                crossed,
                lastSeen,
                otherChanged,
                clockShift,
                techniques,
                services,
                serviceSample,
                serviceRanges,
                openServices,
                outcomes,
                hosts,
                hostSample,
                packets,
                bytes,
                frames,
                sensors,
                approximate,
                answersSeen,
                reasons,
                sourceCount,
                sources,
                detail);
    }

    /** No list of a finding is longer. */
    private static final int LISTED = 4_096;

    /** Writes it for a reader of the same version: it flows between operators and is not kept. */
    public void write(DataOutput out) throws IOException {
        Stored.writeText(rule, out);
        Stored.writeName(stage, out);
        write(actor, out);
        Stored.writeText(scope, out);
        for (long time : new long[] {firstSeen, crossed, lastSeen, changed, clockShift}) {
            out.writeLong(time);
        }
        out.writeInt(techniques.size());
        for (Map.Entry<Probing, Long> technique : techniques.entrySet()) {
            out.writeInt(technique.getKey().code());
            out.writeLong(technique.getValue());
        }
        out.writeLong(services);
        writeInts(serviceSample, out);
        Stored.writeText(serviceRanges, out);
        writeInts(openServices, out);
        out.writeLong(outcomes.open());
        out.writeLong(outcomes.closed());
        out.writeLong(outcomes.silent());
        out.writeLong(hosts);
        out.writeInt(hostSample.size());
        for (Address host : hostSample) {
            write(host, out);
        }
        out.writeLong(packets);
        out.writeLong(bytes);
        out.writeInt(frames.size());
        for (long frame : frames) {
            out.writeLong(frame);
        }
        SensorCounts.writeCounts(sensors, out);
        out.writeBoolean(approximate);
        out.writeBoolean(answersSeen);
        out.writeInt(reasons.size());
        for (Reason reason : reasons) {
            reason.write(out);
        }
        out.writeLong(sourceCount);
        out.writeInt(sources.size());
        for (Address source : sources) {
            write(source, out);
        }
        out.writeInt(detail.code());
        detail.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no finding can hold
     */
    public static Finding read(DataInput in, Detail.Reader details) throws IOException {
        return new Finding(
                Stored.readText(in),
                Stored.readName(Stage.class, in),
                readAddress(in),
                Stored.readText(in),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                readTechniques(in),
                in.readLong(),
                readInts(in),
                Stored.readText(in),
                readInts(in),
                new Outcomes(in.readLong(), in.readLong(), in.readLong()),
                in.readLong(),
                readList(in, Finding::readAddress),
                in.readLong(),
                in.readLong(),
                readList(in, DataInput::readLong),
                SensorCounts.readCounts(in),
                in.readBoolean(),
                in.readBoolean(),
                readList(in, Reason::read),
                in.readLong(),
                readList(in, Finding::readAddress),
                details.read(in.readInt(), in));
    }

    private interface Reader<T> {
        T read(DataInput in) throws IOException;
    }

    private static <T> List<T> readList(DataInput in, Reader<T> one) throws IOException {
        List<T> list = new ArrayList<>();
        for (int i = Stored.readSize(in, LISTED, "entries of a list"); i > 0; i--) {
            list.add(one.read(in));
        }
        return List.copyOf(list);
    }

    private static void write(Address address, DataOutput out) throws IOException {
        out.writeLong(address.high());
        out.writeLong(address.low());
    }

    private static Address readAddress(DataInput in) throws IOException {
        return new Address(in.readLong(), in.readLong());
    }

    private static void writeInts(List<Integer> numbers, DataOutput out) throws IOException {
        out.writeInt(numbers.size());
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private static List<Integer> readInts(DataInput in) throws IOException {
        return readList(in, DataInput::readInt);
    }

    private static SortedMap<Probing, Long> readTechniques(DataInput in) throws IOException {
        SortedMap<Probing, Long> techniques = new TreeMap<>();
        for (int i = Stored.readSize(in, Probing.values().length, "techniques"); i > 0; i--) {
            int code = in.readInt();
            Probing probing = code < 1 || code > 31 ? null : Probing.ofCode(code);
            if (probing == null) {
                throw new IOException("no technique has number " + code);
            }
            techniques.put(probing, in.readLong());
        }
        return techniques;
    }
}
