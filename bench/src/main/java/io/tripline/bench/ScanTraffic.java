package io.tripline.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A SYN scan at 100,000 packets a second: eight scanners, each in an order of its own through 4,096 hosts times 1,024
 * ports. Of the probes 85 % are refused, 3 % find an open port (SYN-ACK, and the scanner resets), the rest is silence.
 */
final class ScanTraffic implements Traffic {
    private static final int SCANNERS = 8;
    private static final int SCANNER_BASE = 0xC6336400;
    private static final int TARGET_BASE = 0x0A200000;
    private static final int PORT_BITS = 10;
    private static final int PAIR_BITS = 22;
    private static final int MICROS_PER_PACKET = 10;

    /** Probes on their way at a time: an answer follows this many probes later. */
    private static final int ROUND_TRIP = 32;

    private final CaptureWriter out;
    private final Frames frames;
    private final int[] stride = new int[SCANNERS];
    private final int secret;
    private long sent;
    private long answered;
    private boolean resetDue;

    ScanTraffic(CaptureWriter out, SplittableRandom random) {
        this.out = out;
        frames = new Frames(out, random);
        secret = random.nextInt();
        for (int i = 0; i < SCANNERS; i++) {
            stride[i] = random.nextInt() | 1; // odd, so that it visits every pair before any comes again
        }
    }

    @Override
    public void next() throws IOException {
        out.advance(MICROS_PER_PACKET);
        if (resetDue) {
            resetDue = false;
            write(answered - 1, 0x04, true);
            return;
        }
        while (answered < sent - ROUND_TRIP) {
            int fate = mix(answered) % 100;
            answered++;
            if (fate < 85) {
                write(answered - 1, 0x14, false);
                return;
            }
            if (fate < 88) {
                resetDue = true;
                write(answered - 1, 0x12, false);
                return;
            }
        }
        write(sent++, 0x02, true);
    }

    private void write(long probe, int flags, boolean fromScanner) throws IOException {
        int which = (int) (probe % SCANNERS);
        long turn = probe / SCANNERS;
        int pair = ((int) turn * stride[which]) & ((1 << PAIR_BITS) - 1);
        int scanner = SCANNER_BASE + which;
        int target = TARGET_BASE + (pair >>> PORT_BITS);
        int port = 1 + (pair & ((1 << PORT_BITS) - 1));
        int source = 40_000 + (int) ((turn >>> PAIR_BITS) % 20_000);
        int seq = mix(probe) ^ secret;
        if (flags == 0x02) {
            frames.probe(scanner, target, source, port, seq);
        } else if (fromScanner) {
            frames.tcp(scanner, target, source, port, seq + 1, 0, flags, 0);
        } else {
            int own = flags == 0x12 ? mix(~probe) : 0;
            frames.tcp(target, scanner, port, source, own, seq + 1, flags, 0);
        }
    }

    /** A hash of a probe's number that stands for chance; not negative. */
    private int mix(long number) {
        long hash = (number + secret) * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 33);
    }
}
