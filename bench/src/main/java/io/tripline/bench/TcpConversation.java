package io.tripline.bench;

import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A TCP conversation from the handshake to the end, as seen between the two: requests, answers of several segments, an
 * acknowledgement for every other one. One in a hundred is refused, one in twenty ends with a reset.
 */
final class TcpConversation implements Conversation {
    private static final int FIN_ACK = 0x11;
    private static final int SYN = 0x02;
    private static final int SYN_ACK = 0x12;
    private static final int RST_ACK = 0x14;
    private static final int ACK = 0x10;
    private static final int PSH_ACK = 0x18;
    private static final int[] PORTS = {443, 443, 443, 443, 443, 443, 8443, 993, 636, 9100};

    private enum Step {
        SYN,
        SYN_ACK,
        ACK,
        REQUEST,
        RESPONSE,
        RESPONSE_ACK,
        CLIENT_FIN,
        SERVER_FIN,
        LAST_ACK,
        REFUSAL,
        RESET
    }

    private final int client;
    private final int server;
    private final int clientPort;
    private final int serverPort;
    private final SplittableRandom random;
    private final boolean bulk;
    private int clientSeq;
    private int serverSeq;
    private int rounds;
    private int responseLeft;
    private int unacknowledged;
    private Step step = Step.SYN;

    private TcpConversation(int client, int server, int port, SplittableRandom random, boolean bulk, int rounds) {
        this.client = client;
        this.server = server;
        this.clientPort = port;
        this.serverPort = PORTS[random.nextInt(PORTS.length)];
        this.random = random;
        this.bulk = bulk;
        this.rounds = rounds;
        clientSeq = random.nextInt();
        serverSeq = random.nextInt();
    }

    /** Most are short exchanges; a few are long, and of these some move files and some a word at a time. */
    static TcpConversation some(int client, int server, int port, SplittableRandom random) {
        int dice = random.nextInt(100);
        boolean bulk = dice % 2 == 0;
        int rounds = dice < 75 ? 1 + random.nextInt(4) : dice < 95 ? 3 + random.nextInt(12) : 20 + random.nextInt(80);
        return new TcpConversation(client, server, port, random, bulk, rounds);
    }

    @Override
    public boolean next(Frames frames) throws IOException {
        switch (step) {
            case SYN -> {
                toServer(frames, SYN, 0);
                clientSeq++;
                step = random.nextInt(100) == 0 ? Step.REFUSAL : Step.SYN_ACK;
            }
            case REFUSAL -> {
                frames.tcp(server, client, serverPort, clientPort, 0, clientSeq, RST_ACK, 0);
                return false;
            }
            case SYN_ACK -> {
                toClient(frames, SYN_ACK, 0);
                serverSeq++;
                step = Step.ACK;
            }
            case ACK -> {
                toServer(frames, ACK, 0);
                step = Step.REQUEST;
            }
            case REQUEST -> {
                toServer(frames, PSH_ACK, bulk ? 200 + random.nextInt(500) : 30 + random.nextInt(120));
                responseLeft = bulk
                        ? 200 + random.nextInt(random.nextInt(1, 21) * Frames.MAX_SEGMENT)
                        : 40 + random.nextInt(300);
                step = Step.RESPONSE;
            }
            case RESPONSE -> respond(frames);
            case RESPONSE_ACK -> {
                toServer(frames, ACK, 0);
                unacknowledged = 0;
                step = afterResponse();
            }
            case CLIENT_FIN -> {
                toServer(frames, FIN_ACK, 0);
                clientSeq++;
                step = Step.SERVER_FIN;
            }
            case SERVER_FIN -> {
                toClient(frames, FIN_ACK, 0);
                serverSeq++;
                step = Step.LAST_ACK;
            }
            case LAST_ACK -> {
                toServer(frames, ACK, 0);
                return false;
            }
            case RESET -> {
                toServer(frames, RST_ACK, 0);
                return false;
            }
        }
        return true;
    }

    private void respond(Frames frames) throws IOException {
        int segment = Math.min(responseLeft, Frames.MAX_SEGMENT);
        responseLeft -= segment;
        toClient(frames, responseLeft == 0 ? PSH_ACK : ACK, segment);
        unacknowledged++;
        step = unacknowledged == 2 || responseLeft == 0 ? Step.RESPONSE_ACK : Step.RESPONSE;
    }

    private Step afterResponse() {
        if (responseLeft > 0) {
            return Step.RESPONSE;
        }
        if (--rounds > 0) {
            return Step.REQUEST;
        }
        return random.nextInt(20) == 0 ? Step.RESET : Step.CLIENT_FIN;
    }

    private void toServer(Frames frames, int flags, int payload) throws IOException {
        int ack = flags == SYN ? 0 : serverSeq;
        frames.tcp(client, server, clientPort, serverPort, clientSeq, ack, flags, payload);
        clientSeq += payload;
    }

    private void toClient(Frames frames, int flags, int payload) throws IOException {
        frames.tcp(server, client, serverPort, clientPort, serverSeq, clientSeq, flags, payload);
        serverSeq += payload;
    }
}
