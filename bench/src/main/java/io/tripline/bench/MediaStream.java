package io.tripline.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A call: 20 ms of sound a datagram, both ways (RFC 3550, payload type 0). */
final class MediaStream implements Conversation {
    private static final int RTP_HEADER = 12;
    private static final int SOUND = 160;

    private final int caller;
    private final int callee;
    private final int port;
    private final int datagrams;
    private int sent;

    MediaStream(int caller, int callee, int port, int datagrams) {
        this.caller = caller;
        this.callee = callee;
        this.port = port;
        this.datagrams = datagrams;
    }

    @Override
    public boolean next(Frames frames) throws IOException {
        boolean back = sent % 2 == 1;
        int from = back ? callee : caller;
        int to = back ? caller : callee;
        int turn = sent / 2;
        ByteBuffer frame = frames.udp(from, to, port, port, RTP_HEADER + SOUND);
        frame.putShort((short) 0x8000)
                .putShort((short) turn)
                .putInt(turn * SOUND)
                .putInt(from);
        frames.putNoise(frame, SOUND);
        return ++sent < datagrams;
    }
}
