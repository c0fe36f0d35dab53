package io.tripline.rules.tunnel.icmp;

import io.tripline.rules.incident.Detail;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Evidence of data inside ICMP echo.
 *
 * @param points of all signals
 * @param payloads distinct payloads
 * @param requests echo requests with a payload
 * @param replies echo replies with a payload
 * @param answersUnlike distinct payloads of replies that no request carried
 * @param bytesUp data bytes of the requests
 * @param bytesDown data bytes of the replies
 * @param meanSize bytes of data in a distinct payload
 * @param largest bytes of data in the largest
 * @param entropyShare mean entropy as a share of what the length allows, thousandths
 */
public record EchoDetail(
        int points,
        long payloads,
        long requests,
        long replies,
        long answersUnlike,
        long bytesUp,
        long bytesDown,
        int meanSize,
        int largest,
        int entropyShare)
        implements Detail {
    public static final Kind KIND = new Kind(30, EchoDetail::read);

    /** One answer in so many may be unlike any request where requests are lost on their way to the sensor. */
    static final int LOST = 5;

    @Override
    public int code() {
        return KIND.code();
    }

    /** Whether the two ends sent each other different data: more than requests that the sensor may have lost explain. */
    public boolean bothWays() {
        return answersUnlike * LOST > replies;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(points);
        for (long value : new long[] {payloads, requests, replies, answersUnlike, bytesUp, bytesDown}) {
            out.writeLong(value);
        }
        out.writeInt(meanSize);
        out.writeInt(largest);
        out.writeInt(entropyShare);
    }

    public static EchoDetail read(DataInput in) throws IOException {
        return new EchoDetail(
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt());
    }
}
