package io.tripline.rules.tunnel;

import io.tripline.rules.Rules;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.engine.Fold;
import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.Part;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.TestHosts;
import io.tripline.rules.engine.Wire;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import io.tripline.sensor.decode.Decoder;
import io.tripline.sensor.flow.FlowSensor;
import io.tripline.sensor.flow.SensorSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.agrona.concurrent.UnsafeBuffer;

/** Echo and DNS packets, byte by byte, through decoder, flow table, fold and rule. */
public final class TunnelWire {
    public static final String CLIENT = "10.1.25.101";
    public static final String SERVER = "10.1.25.2";

    private static final long START = 1_767_225_600L;
    private static final int RAW = 101;

    private static final class Packet {
        private final double time;
        private final String from;
        private final byte[] bytes;

        Packet(double time, String from, byte[] bytes) {
            this.time = time;
            this.from = from;
            this.bytes = bytes;
        }
    }

    private final Random random;
    private final List<Packet> packets = new ArrayList<>();
    private double now;
    private int number;

    public TunnelWire(long seed) {
        random = new Random(seed);
    }

    public TunnelWire after(double seconds) {
        now += seconds;
        return this;
    }

    public byte[] random(int size) {
        byte[] data = new byte[size];
        random.nextBytes(data);
        return data;
    }

    public String random(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** An echo request and the reply that repeats it. */
    public TunnelWire exchange(byte[] data) {
        return exchange(CLIENT, SERVER, data, data);
    }

    public TunnelWire exchange(String client, String server, byte[] request, byte[] reply) {
        request(client, server, request);
        return reply(client, server, reply);
    }

    public TunnelWire request(String client, String server, byte[] data) {
        return echo(client, server, client.indexOf(':') < 0 ? 8 : 128, ++number, data);
    }

    public TunnelWire reply(String client, String server, byte[] data) {
        return echo(server, client, client.indexOf(':') < 0 ? 0 : 129, number, data);
    }

    private TunnelWire echo(String from, String to, int type, int sequence, byte[] data) {
        ByteBuffer message = ByteBuffer.allocate(8 + data.length);
        message.put((byte) type)
                .put((byte) 0)
                .putShort((short) 0)
                .putShort((short) 77)
                .putShort((short) sequence);
        message.put(data);
        return add(from, to, from.indexOf(':') < 0 ? 1 : 58, message.array());
    }

    /** A query and an answer with so many bytes behind the question. */
    public TunnelWire lookup(String name, int type, int answer) {
        return lookup(CLIENT, SERVER, 53, name, type, answer);
    }

    public TunnelWire lookup(String client, String server, int port, String name, int type, int answer) {
        query(client, server, port, name, type);
        int from = 40_000 + number % 20_000;
        return add(server, client, 17, udp(port, from, dns(name, type, answer)));
    }

    TunnelWire query(String client, String server, int port, String name, int type) {
        int from = 40_000 + ++number % 20_000;
        return add(client, server, 17, udp(from, port, dns(name, type, -1)));
    }

    private static byte[] udp(int from, int to, byte[] data) {
        ByteBuffer datagram = ByteBuffer.allocate(8 + data.length);
        return datagram.putShort((short) from)
                .putShort((short) to)
                .putShort((short) (8 + data.length))
                .putShort((short) 0)
                .put(data)
                .array();
    }

    private byte[] dns(String name, int type, int answer) {
        byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer message = ByteBuffer.allocate(12 + text.length + 2 + 4 + (answer < 0 ? 0 : 12 + answer));
        message.putShort((short) number).putShort((short) (answer < 0 ? 0x0100 : 0x8180));
        message.putShort((short) 1).putShort((short) (answer < 0 ? 0 : 1)).putInt(0);
        for (String label : name.split("\\.", -1)) {
            message.put((byte) label.length()).put(label.getBytes(StandardCharsets.ISO_8859_1));
        }
        message.put((byte) 0).putShort((short) type).putShort((short) 1);
        return message.array();
    }

    private TunnelWire add(String from, String to, int protocol, byte[] data) {
        boolean ipv4 = from.indexOf(':') < 0;
        ByteBuffer packet = ByteBuffer.allocate((ipv4 ? 20 : 40) + data.length);
        Address source = Wire.address(from);
        Address destination = Wire.address(to);
        if (ipv4) {
            packet.putShort((short) 0x4500).putShort((short) packet.capacity()).putInt(0);
            packet.put((byte) 64).put((byte) protocol).putShort((short) 0);
            packet.putInt((int) source.low()).putInt((int) destination.low());
        } else {
            packet.putInt(0x6000_0000)
                    .putShort((short) data.length)
                    .put((byte) protocol)
                    .put((byte) 64);
            packet.putLong(source.high()).putLong(source.low());
            packet.putLong(destination.high()).putLong(destination.low());
        }
        packets.add(new Packet(now, from, packet.put(data).array()));
        now += 0.0001;
        return this;
    }

    public TunnelWire lossy(double share) {
        packets.removeIf(packet -> random.nextDouble() < share);
        return this;
    }

    public TunnelWire onlyFrom(String host) {
        packets.removeIf(packet -> !packet.from.equals(host));
        return this;
    }

    public TunnelWire fromMiddle() {
        packets.subList(0, packets.size() / 2).clear();
        return this;
    }

    /** What the sensor tells. */
    public List<PacketBatch> batches() {
        List<PacketBatch> batches = new ArrayList<>();
        FlowSensor sensor = new FlowSensor(SensorSettings.of("s1", "").withConversations(1 << 14), batches::add);
        Decoder decoder = new Decoder();
        packets.sort(Comparator.comparingDouble(packet -> packet.time));
        for (Packet packet : packets) {
            long time = START * 1_000_000_000L + Math.round(packet.time * 1e9);
            int length = packet.bytes.length;
            sensor.accept(decoder.decode(time, RAW, new UnsafeBuffer(packet.bytes), 0, length, length));
        }
        sensor.flush();
        return batches;
    }

    /** All findings with which incidents close; nothing is remembered afterwards. */
    public <K extends Comparable<K>, P extends Part<K, P>, S> List<Finding> findings(
            Function<Consumer<P>, Fold> folds, SubjectDetector<K, P, S> detector) {
        List<Finding> findings = new ArrayList<>();
        LocalHost<K, P, ?> host = TestHosts.of(detector, findings::add);
        Fold fold = folds.apply(host::add);
        batches().forEach(fold::add);
        fold.flush();
        TestHosts.end(host);
        findings.removeIf(Predicate.not(finding -> finding.stage() == Finding.Stage.CLOSED));
        return findings;
    }

    public static Severity severity(Finding finding) {
        return new AlertAssembler(Zones.DEFAULT, Rules.CATALOGUE)
                .assemble(finding)
                .severity();
    }
}
