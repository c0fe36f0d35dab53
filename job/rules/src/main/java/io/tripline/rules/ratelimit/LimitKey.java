package io.tripline.rules.ratelimit;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A source under one limit.
 *
 * @param limit its name
 * @param source the address, or the lowest of a network that counts together
 */
public record LimitKey(String limit, Address source) {
    public static final Codec<LimitKey> CODEC =
            Codec.of("limit-key", 1, LimitKey.class, LimitKey::write, LimitKey::read);

    void write(DataOutput out) throws IOException {
        Stored.writeText(limit, out);
        out.writeLong(source.high());
        out.writeLong(source.low());
    }

    static LimitKey read(DataInput in) throws IOException {
        return new LimitKey(Stored.readText(in), new Address(in.readLong(), in.readLong()));
    }

    @Override
    public String toString() {
        return source + " (" + limit + ")";
    }
}
