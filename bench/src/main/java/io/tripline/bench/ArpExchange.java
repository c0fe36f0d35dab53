package io.tripline.bench;

import java.io.IOException;

/** A host asks for the gateway's MAC and is told. */
final class ArpExchange implements Conversation {
    private final int client;
    private final int gateway;
    private boolean asked;

    ArpExchange(int client, int gateway) {
        this.client = client;
        this.gateway = gateway;
    }

    @Override
    public boolean next(Frames frames) throws IOException {
        if (asked) {
            frames.arp(gateway, client, true);
            return false;
        }
        frames.arp(client, gateway, false);
        asked = true;
        return true;
    }
}
