package io.tripline.sensor.capture;

import java.io.IOException;
import org.agrona.DirectBuffer;

/**
 * Plain files, read twice: a scout looks ahead for times alone, and what follows gives the packets where they lie. Only
 * packets that must be given later than they come are copied. The pages that both read are in memory for the second.
 */
final class ScoutedCaptures extends OrderedCaptures {
    private static final int STEP = 1_024;

    private final PacketSource scout;
    private final PacketSink looking =
            (time, linkType, buffer, offset, captured, length) -> order.offer(time, captured);
    private final PacketSink copying = this::copy;
    private final PacketSink retiming = this::retime;
    private PacketSink target = retiming;
    private long read;

    /** @param scout gives the same packets as the source */
    ScoutedCaptures(PacketSource source, PacketSource scout) {
        super(source);
        this.scout = scout;
    }

    @Override
    boolean look() throws IOException {
        return scout.read(looking, STEP) > 0;
    }

    @Override
    int giveInOrder(PacketSink sink, int limit) throws IOException {
        int inOrder = order.run(read, limit);
        if (inOrder == 0) {
            return 0;
        }
        int given = source.read(sink, inOrder);
        read += given;
        return given;
    }

    @Override
    int giveNext(PacketSink sink) throws IOException {
        long number = order.number();
        while (read < number) {
            if (source.read(copying, 1) == 0) {
                return 0;
            }
        }
        if (read > number) {
            giveHeld(sink);
            return 1;
        }
        tell(sink);
        target = sink;
        int given = source.read(retiming, 1);
        read += given;
        return given;
    }

    private void retime(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        target.packet(order.time(), linkType, buffer, offset, captured, length);
    }

    private void copy(long time, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        held.add(read++, linkType, buffer, offset, captured, length);
    }

    /** A file that grows may have got more since the scout was at its end. */
    @Override
    int giveRest(PacketSink sink, int limit) throws IOException {
        return source.read(sink, limit);
    }

    @Override
    public void close() throws IOException {
        scout.close();
        super.close();
    }
}
