package io.tripline.job.detect;

import io.tripline.job.activity.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of repeated log-ins.
 *
 * @param service name of the login service
 * @param conversations that ended
 * @param bytesOut from the client in these, opening and closing apart
 * @param bytesIn from the server likewise
 */
public record LogIns(String service, long conversations, long bytesOut, long bytesIn) implements Detail {
    static final int CODE = 13;

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        Stored.writeText(service, out);
        out.writeLong(conversations);
        out.writeLong(bytesOut);
        out.writeLong(bytesIn);
    }

    static LogIns read(DataInput in) throws IOException {
        return new LogIns(Stored.readText(in), in.readLong(), in.readLong(), in.readLong());
    }
}
