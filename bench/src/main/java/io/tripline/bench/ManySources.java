package io.tripline.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A million clients, each seen once within a minute: it looks a name up, opens a connection that is answered and reset,
 * and tries a port that is refused. Seven frames each, 16,667 clients a second: what rules remember of a source, a
 * million times.
 */
final class ManySources implements Traffic {
    static final int SOURCES = 1_000_000;

    private static final int FRAMES_PER_SOURCE = 7;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int FIRST_SOURCE = 0x0B000000;
    private static final int SERVERS = 1_000;
    private static final int FIRST_SERVER = 0x0A010000;
    private static final int RESOLVER = 0x0A000035;

    private final CaptureWriter out;
    private final Frames frames;
    private final int shuffle;
    private Conversation lookup;
    private long frame;
    private long micros;

    ManySources(CaptureWriter out, SplittableRandom random) {
        this.out = out;
        frames = new Frames(out, random);
        shuffle = random.nextInt() | 1;
        lookup = lookupOf(0);
    }

    @Override
    public void next() throws IOException {
        long due = frame * (MINUTE_NANOS / 1_000) / ((long) SOURCES * FRAMES_PER_SOURCE);
        out.advance(due - micros);
        micros = due;
        int number = (int) (frame / FRAMES_PER_SOURCE % SOURCES);
        int source = source(number);
        int server = FIRST_SERVER + Math.floorMod(number * shuffle, SERVERS);
        switch ((int) (frame % FRAMES_PER_SOURCE)) {
            case 0 -> {
                lookup = lookupOf(number);
                lookup.next(frames);
            }
            case 1 -> lookup.next(frames);
            case 2 -> frames.tcp(source, server, 40_000, 443, 1, 0, 0x02, 0);
            case 3 -> frames.tcp(server, source, 443, 40_000, 7, 2, 0x12, 0);
            case 4 -> frames.tcp(source, server, 40_000, 443, 2, 8, 0x14, 0);
            case 5 -> frames.tcp(source, server, 40_001, 8_080, 1, 0, 0x02, 0);
            default -> frames.tcp(server, source, 8_080, 40_001, 0, 2, 0x14, 0);
        }
        frame++;
    }

    private Conversation lookupOf(int number) {
        return new DnsLookup(source(number), RESOLVER, 50_000, Math.floorMod(number, 50_000));
    }

    /** Spread over 2^24 addresses, no two alike. */
    private static int source(int number) {
        return FIRST_SOURCE + (number * 0x9E3779B1 & 0xFFFFFF);
    }
}
