package io.tripline.sensor.flow;

import java.time.Duration;

/**
 * How a sensor turns packets into batches.
 *
 * @param sensor name of the sensor, unique among all that feed one job
 * @param segment name of the network segment that it listens on, may be empty
 * @param conversations how many conversations the flow table holds, a power of two from 64 to 2^26; each takes 64 bytes
 * @param batchEntries records and volumes after which a batch closes, 1 to 65,535
 * @param batchSpan stream time after which a batch closes, above 0 and at most 1 s
 * @param everyPacket whether each packet gets a record of its own, also where it only adds volume
 */
public record SensorSettings(
        String sensor, String segment, int conversations, int batchEntries, Duration batchSpan, boolean everyPacket) {
    private static final int MIN_CONVERSATIONS = 1 << 6;
    private static final int MAX_CONVERSATIONS = 1 << 26;
    private static final int MAX_ENTRIES = (1 << 16) - 1;

    public SensorSettings {
        require(!sensor.isBlank(), "sensor", sensor, "must not be blank");
        require(
                Integer.bitCount(conversations) == 1
                        && conversations >= MIN_CONVERSATIONS
                        && conversations <= MAX_CONVERSATIONS,
                "conversations",
                conversations,
                "must be a power of two from 64 to 67108864");
        require(
                batchEntries >= 1 && batchEntries <= MAX_ENTRIES,
                "batchEntries",
                batchEntries,
                "must be from 1 to 65535");
        require(
                batchSpan.compareTo(Duration.ZERO) > 0 && batchSpan.compareTo(Duration.ofSeconds(1)) <= 0,
                "batchSpan",
                batchSpan,
                "must be above 0 and at most 1s");
    }

    /** About a million conversations, batches of 1,000 entries or 100 ms. */
    public static SensorSettings of(String sensor, String segment) {
        return new SensorSettings(sensor, segment, 1 << 20, 1_000, Duration.ofMillis(100), false);
    }

    public SensorSettings withConversations(int count) {
        return new SensorSettings(sensor, segment, count, batchEntries, batchSpan, everyPacket);
    }

    public SensorSettings withEveryPacket(boolean every) {
        return new SensorSettings(sensor, segment, conversations, batchEntries, batchSpan, every);
    }

    private static void require(boolean holds, String field, Object value, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(field + " = " + value + ": " + rule);
        }
    }
}
