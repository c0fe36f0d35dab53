package io.tripline.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A query for an address and its answer, now and then a name that does not exist. */
final class DnsLookup implements Conversation {
    private static final int HEADER = 12;
    private static final int QUESTION_TAIL = 4;
    private static final int ANSWER = 16;
    private static final int TYPE_A_CLASS_IN = 0x00010001;

    private final int client;
    private final int server;
    private final int port;
    private final int number;
    private final byte[] name;
    private boolean asked;

    DnsLookup(int client, int server, int port, int number) {
        this.client = client;
        this.server = server;
        this.port = port;
        this.number = number;
        String host = "host" + number % 2_000;
        String text = (char) host.length() + host + "\7example\3com\0";
        name = text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean next(Frames frames) throws IOException {
        boolean answer = asked;
        boolean exists = number % 50 != 0;
        int length = HEADER + name.length + QUESTION_TAIL + (answer && exists ? ANSWER : 0);
        ByteBuffer frame =
                answer ? frames.udp(server, client, 53, port, length) : frames.udp(client, server, port, 53, length);
        int flags = !answer ? 0x0100 : exists ? 0x8180 : 0x8183;
        frame.putShort((short) number).putShort((short) flags).putShort((short) 1);
        frame.putShort((short) (answer && exists ? 1 : 0)).putInt(0);
        frame.put(name).putInt(TYPE_A_CLASS_IN);
        if (answer && exists) {
            frame.putShort((short) 0xC00C).putInt(TYPE_A_CLASS_IN).putInt(300).putShort((short) 4);
            frame.putInt(0xC6120000 + number);
        }
        asked = true;
        return !answer;
    }
}
