package io.tripline.bench;

import java.io.IOException;

/** A ping: requests and replies in turn. */
final class Echo implements Conversation {
    private final int client;
    private final int server;
    private final int id;
    private final int requests;
    private int sent;

    Echo(int client, int server, int id, int requests) {
        this.client = client;
        this.server = server;
        this.id = id;
        this.requests = requests;
    }

    @Override
    public boolean next(Frames frames) throws IOException {
        boolean reply = sent % 2 == 1;
        frames.echo(reply ? server : client, reply ? client : server, reply, id, sent / 2 + 1);
        return ++sent < 2 * requests;
    }
}
