package io.tripline.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * An office at 50,000 packets a second: 3,000 clients and 2,000 servers, up to 3,000 conversations at a time that take
 * turns in short trains. About a tenth of the frames begin, answer or end a conversation, or are DNS, ICMP or ARP; the
 * rest is volume.
 */
final class MixedTraffic implements Traffic {
    private static final int CONVERSATIONS = 3_000;
    private static final int FRAMES_PER_NEW_CONVERSATION = 64;
    private static final int MEAN_TRAIN = 4;
    private static final int MEAN_MICROS = 20;

    private final CaptureWriter out;
    private final Frames frames;
    private final SplittableRandom random;
    private final Conversation[] active = new Conversation[CONVERSATIONS];
    private int count;
    private int turn;
    private int nextPort;

    MixedTraffic(CaptureWriter out, SplittableRandom random) {
        this.out = out;
        this.random = random;
        frames = new Frames(out, random);
        begin();
    }

    @Override
    public void next() throws IOException {
        out.advance(1 + random.nextInt(2 * MEAN_MICROS - 1));
        if (count < CONVERSATIONS && out.packets() > (long) count * FRAMES_PER_NEW_CONVERSATION) {
            begin();
        }
        if (random.nextInt(MEAN_TRAIN) == 0) {
            turn = random.nextInt(count);
        }
        if (!active[turn].next(frames)) {
            active[turn] = some();
        }
    }

    private void begin() {
        active[count++] = some();
    }

    /** A new conversation; four of ten are look-ups and the like, which are two frames each. */
    private Conversation some() {
        int client = 0x0A140000 + 256 + random.nextInt(3_000);
        int server = server();
        int port = 32_768 + nextPort++ % 28_232;
        int dice = random.nextInt(1_000);
        if (dice < 300) {
            return new DnsLookup(client, 0x0A000035, port, random.nextInt(50_000));
        }
        if (dice < 330) {
            return new Echo(client, server, port, 1 + random.nextInt(10));
        }
        if (dice < 350) {
            return new ArpExchange(client, 0x0A000001);
        }
        if (dice < 353) {
            return new MediaStream(client, server, port & ~1, 100 + random.nextInt(1_000));
        }
        return TcpConversation.some(client, server, port, random.split());
    }

    /** One of five is inside; public ones are spread over 198.18.0.0/15, which RFC 2544 sets apart for benches. */
    private int server() {
        int which = random.nextInt(2_000);
        return which < 400 ? 0x0A010000 + which : 0xC6120000 + which * 61;
    }
}
