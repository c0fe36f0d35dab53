package io.tripline.rules.tunnel.dns;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Who asks, and the registered domain under which the names lie.
 *
 * @param domain in lower case; a dot where the names have none
 */
public record ClientDomain(Address client, String domain) implements Comparable<ClientDomain> {
    public static final Codec<ClientDomain> CODEC =
            Codec.of("client-domain", 1, ClientDomain.class, ClientDomain::write, ClientDomain::read);

    @Override
    public int compareTo(ClientDomain other) {
        int byClient = client.compareTo(other.client);
        return byClient != 0 ? byClient : domain.compareTo(other.domain);
    }

    @Override
    public String toString() {
        return client + " for " + domain;
    }

    public void write(DataOutput out) throws IOException {
        out.writeLong(client.high());
        out.writeLong(client.low());
        Stored.writeText(domain, out);
    }

    public static ClientDomain read(DataInput in) throws IOException {
        return new ClientDomain(new Address(in.readLong(), in.readLong()), Stored.readText(in));
    }
}
