package io.tripline.schemas;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A secret that one sensor shares with the job, so that nobody else can speak in its name. Each record carries in its
 * header {@link #HEADER} the HMAC-SHA256 (RFC 2104) of the record's value, which holds the sensor's name, its run and
 * the batch's number. Not safe for use by several threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc2104">RFC 2104</a>
 */
public final class BatchKey {
    /** Name of the header, whose value is 32 bytes. */
    public static final String HEADER = "signature";

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "tripline packet batch 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LEAST = 32;
    private static final int MOST = 4_096;

    private final Mac mac;

    private BatchKey(byte[] secret) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from this Java", e);
        }
    }

    /**
     * The key in a file: all of its bytes, but for white space at the end.
     *
     * @throws IOException if it cannot be read, or is shorter than 32 bytes or longer than 4,096; says which file,
     *     never what is in it
     */
    public static BatchKey read(Path file) throws IOException {
        if (Files.size(file) > MOST) {
            throw new IOException(file + " is not a key: longer than " + MOST + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length;
        while (length > 0 && Character.isWhitespace(bytes[length - 1])) {
            length--;
        }
        if (length < LEAST) {
            throw new IOException(
                    file + " is not a key: shorter than " + LEAST + " bytes; make one with openssl rand -base64 32");
        }
        return new BatchKey(java.util.Arrays.copyOf(bytes, length));
    }

    /** The code of a record's value, 32 bytes. */
    public byte[] sign(byte[] value) {
        mac.update(PURPOSE);
        return mac.doFinal(value);
    }

    /** Whether a code is that of a record's value; takes as long whatever is wrong. */
    public boolean isSignedBy(byte @Nullable [] code, byte[] value) {
        return code != null && MessageDigest.isEqual(sign(value), code);
    }
}
