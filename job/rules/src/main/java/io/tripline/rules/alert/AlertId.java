package io.tripline.rules.alert;

import io.tripline.schemas.Address;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Identity of an incident: the same for every document about it, and for every replay of the same capture. 128 bits of SHA-256 over
 * rule, actor, scope and first event time, each with its length before it so that no two tuples give the same bytes.
 */
public final class AlertId {
    private static final int BYTES = 16;

    private AlertId() {}

    /**
     * The id as 32 hexadecimal digits in lower case.
     *
     * @param firstSeen capture time, microseconds since 1970 UTC
     */
    public static String of(String rule, Address actor, String scope, long firstSeen) {
        MessageDigest digest = sha256();
        update(digest, rule);
        update(digest, scope);
        digest.update(ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(actor.high())
                .putLong(actor.low())
                .putLong(firstSeen)
                .flip());
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
