package io.tripline.bench;

import java.io.IOException;

/** Two hosts that talk, one frame at a time. */
sealed interface Conversation permits TcpConversation, DnsLookup, Echo, ArpExchange, MediaStream {
    /**
     * Writes the next frame.
     *
     * @return whether there is another one
     */
    boolean next(Frames frames) throws IOException;
}
