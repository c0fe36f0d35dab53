package io.tripline.analyze.report.chart.sample;

import io.tripline.schemas.Address;
import io.tripline.schemas.Echo;
import io.tripline.schemas.Hash;
import io.tripline.schemas.PacketRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Sizes and entropies of ICMP echo data, pair by pair: what has a ping's pattern apart from what has none, so that
 * neither crowds out the other. Memory: at most about 1 MB.
 */
final class EchoSamples {
    private static final int KEPT = 2_048;

    /** Bits of {@link Echo#getPattern}: bytes that count up, bytes that are all the same. */
    private static final int PING_PATTERN = 1 | 2;

    /** Entropies are told apart to a hundredth of a bit. */
    private static final int RESOLUTION = 10;

    /**
     * Messages of one size and entropy between two hosts: bytes of data that entropy was taken of, thousandths of a bit
     * per byte.
     */
    static final class Shape {
        private final Address one;
        private final Address other;
        private final int read;
        private final int entropy;
        private long messages;

        Shape(PacketRecord packet, int read, int entropy) {
            this.one = new Address(packet.getSourceHigh(), packet.getSourceLow());
            this.other = new Address(packet.getDestinationHigh(), packet.getDestinationLow());
            this.read = read;
            this.entropy = entropy;
        }

        Address one() {
            return one;
        }

        Address other() {
            return other;
        }

        int read() {
            return read;
        }

        int entropy() {
            return entropy;
        }

        long messages() {
            return messages;
        }
    }

    private final DistinctSample<Shape> pings = new DistinctSample<>(KEPT);
    private final DistinctSample<Shape> others = new DistinctSample<>(KEPT);

    void add(PacketRecord packet, Echo echo) {
        if (echo.getRead() <= 0 || echo.getEntropy() < 0) {
            return;
        }
        DistinctSample<Shape> sample = (echo.getPattern() & PING_PATTERN) != 0 ? pings : others;
        int entropy = echo.getEntropy() / RESOLUTION * RESOLUTION;
        long hosts = Hash.mix(packet.getSourceHigh(), packet.getSourceLow())
                ^ Hash.mix(packet.getDestinationHigh(), packet.getDestinationLow());
        long hash = Hash.mix(hosts, (long) echo.getRead() << 32 | entropy);
        if (!sample.takes(hash)) {
            return;
        }
        Shape shape = sample.get(hash);
        if (shape == null) {
            shape = new Shape(packet, echo.getRead(), entropy);
            sample.put(hash, shape);
        }
        shape.messages++;
    }

    boolean sampled() {
        return pings.sampled() || others.sampled();
    }

    /** By size, entropy and hosts. */
    List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>(pings.things());
        shapes.addAll(others.things());
        shapes.sort(Comparator.comparingInt(Shape::read)
                .thenComparingInt(Shape::entropy)
                .thenComparing(Shape::one)
                .thenComparing(Shape::other));
        return shapes;
    }
}
