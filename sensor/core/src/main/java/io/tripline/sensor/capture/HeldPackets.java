package io.tripline.sensor.capture;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Copies of packets that were read before their turn, found by their number. They lie in chunks of bytes that are used
 * again, so that nothing is allocated once there are enough; how many there may be is up to who reads ahead.
 */
final class HeldPackets {
    private static final int CHUNK = 256 * 1024;

    /** Free chunks that are kept for use. */
    private static final int SPARE = 8;

    private static final class Chunk {
        final UnsafeBuffer bytes;
        int used;
        int held;

        Chunk(int size) {
            bytes = new UnsafeBuffer(new byte[size]);
        }
    }

    private final Deque<Chunk> spare = new ArrayDeque<>();
    private Chunk current = new Chunk(CHUNK);

    /** By the lower bits of the number; numbers held at one time are less than the length apart. */
    private @Nullable Chunk[] chunks = new @Nullable Chunk[64];

    private int[] places = new int[4 * 64];
    private long lowest;
    private long end;

    /** Copies a packet. Numbers come one after the other. */
    void add(long number, int linkType, DirectBuffer buffer, int offset, int captured, int length) {
        if (lowest == end) {
            lowest = number;
        }
        end = number + 1;
        if (end - lowest > chunks.length) {
            grow();
        }
        Chunk chunk = room(captured);
        chunk.bytes.putBytes(chunk.used, buffer, offset, captured);
        int slot = slot(number);
        chunks[slot] = chunk;
        places[4 * slot] = linkType;
        places[4 * slot + 1] = chunk.used;
        places[4 * slot + 2] = captured;
        places[4 * slot + 3] = length;
        chunk.used += captured;
        chunk.held++;
    }

    /** Gives a held packet to the sink, with the time told, and lets go of it. */
    void give(long number, long time, PacketSink sink) {
        int slot = slot(number);
        Chunk chunk = chunks[slot];
        if (number < lowest || number >= end || chunk == null) {
            throw new IllegalStateException("packet " + number + " is not held");
        }
        sink.packet(
                time, places[4 * slot], chunk.bytes, places[4 * slot + 1], places[4 * slot + 2], places[4 * slot + 3]);
        chunks[slot] = null;
        release(chunk);
        while (lowest < end && chunks[slot(lowest)] == null) {
            lowest++;
        }
    }

    private Chunk room(int bytes) {
        if (current.bytes.capacity() - current.used >= bytes) {
            return current;
        }
        Chunk full = current;
        Chunk free = bytes <= CHUNK ? spare.poll() : null;
        current = free == null ? new Chunk(Math.max(CHUNK, bytes)) : free;
        if (full.held == 0) {
            keep(full);
        }
        return current;
    }

    private void release(Chunk chunk) {
        if (--chunk.held == 0) {
            if (chunk == current) {
                chunk.used = 0;
            } else {
                keep(chunk);
            }
        }
    }

    private void keep(Chunk chunk) {
        if (spare.size() < SPARE && chunk.bytes.capacity() == CHUNK) {
            chunk.used = 0;
            spare.add(chunk);
        }
    }

    private int slot(long number) {
        return (int) number & (chunks.length - 1);
    }

    private void grow() {
        @Nullable Chunk[] before = chunks;
        int[] placesBefore = places;
        chunks = new @Nullable Chunk[2 * before.length];
        places = new int[4 * chunks.length];
        for (long number = lowest; number < end - 1; number++) {
            int from = (int) number & (before.length - 1);
            int to = slot(number);
            chunks[to] = before[from];
            System.arraycopy(placesBefore, 4 * from, places, 4 * to, 4);
        }
    }
}
