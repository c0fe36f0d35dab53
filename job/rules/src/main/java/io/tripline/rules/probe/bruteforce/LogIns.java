package io.tripline.rules.probe.bruteforce;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Detail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of repeated log-ins.
 *
 * @param service name of the login service
 * @param conversations that ended
 * @param hungUp those of them that the server ended before the client did
 * @param byPrograms whether programs log in to it for each request, not people
 * @param hangsUp whether the server ends a conversation after a failed log-in, and the client one after work
 * @param bytesOut from the client in these, opening and closing apart
 * @param bytesIn from the server likewise
 */
public record LogIns(
        String service,
        long conversations,
        long hungUp,
        boolean byPrograms,
        boolean hangsUp,
        long bytesOut,
        long bytesIn)
        implements Detail {
    public static final Kind KIND = new Kind(13, LogIns::read);

    /** Whether most of the log-ins were refused as far as can be told: the server ended the conversations, which clients do after work. */
    public boolean refused() {
        return hangsUp && hungUp * 2 > conversations;
    }

    @Override
    public int code() {
        return KIND.code();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(service, out);
        out.writeLong(conversations);
        out.writeLong(hungUp);
        out.writeBoolean(byPrograms);
        out.writeBoolean(hangsUp);
        out.writeLong(bytesOut);
        out.writeLong(bytesIn);
    }

    public static LogIns read(DataInput in) throws IOException {
        return new LogIns(
                Stored.readText(in),
                in.readLong(),
                in.readLong(),
                in.readBoolean(),
                in.readBoolean(),
                in.readLong(),
                in.readLong());
    }
}
