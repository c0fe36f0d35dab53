package io.tripline.sensor.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Decompresses gzip (RFC 1952) with any number of members, whatever the stream under it says to be available.
 *
 * <p>Content that is damaged raises {@link ZipException}, after everything before it has been given; any other
 * {@link IOException} comes from the medium. Zeros behind the last member are padding.
 */
final class GzipInput extends InputStream {
    private static final int HEADER_CHECKSUM = 0x02;
    private static final int EXTRA = 0x04;
    private static final int NAME = 0x08;
    private static final int COMMENT = 0x10;

    private final InputStream in;
    private final byte[] compressed = new byte[64 * 1024];
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private long consumed;
    private int at;
    private int limit;
    private boolean inMember;

    GzipInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        try {
            while (inMember || beginMember()) {
                int count = inflater.inflate(target, offset, length);
                if (count > 0) {
                    checksum.update(target, offset, count);
                    return count;
                }
                if (inflater.finished()) {
                    endMember();
                } else if (inflater.needsDictionary()) {
                    throw new ZipException("gzip: data needs a dictionary");
                } else {
                    feed();
                }
            }
            return -1;
        } catch (DataFormatException bad) {
            throw damaged("gzip: " + bad.getMessage(), bad);
        } catch (EOFException end) {
            throw damaged("gzip: data is cut short", end);
        }
    }

    private static ZipException damaged(String reason, Exception cause) {
        ZipException damage = new ZipException(reason);
        damage.initCause(cause);
        return damage;
    }

    private void feed() throws IOException {
        if (at == limit && !refill()) {
            throw new EOFException();
        }
        inflater.setInput(compressed, at, limit - at);
        at = limit;
    }

    private boolean beginMember() throws IOException {
        int first;
        do {
            if (at == limit && !refill()) {
                return false;
            }
            first = next();
        } while (first == 0);
        if (first != 0x1f || next() != 0x8b || next() != 8) {
            throw new ZipException("gzip: trailing bytes are not a gzip member");
        }
        int flags = next();
        discard(6);
        if ((flags & EXTRA) != 0) {
            discard(next() | (next() << 8));
        }
        if ((flags & NAME) != 0) {
            discardText();
        }
        if ((flags & COMMENT) != 0) {
            discardText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            discard(2);
        }
        inflater.reset();
        checksum.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        at = limit - inflater.getRemaining();
        inMember = false;
        if (nextInt() != (int) checksum.getValue()) {
            throw new ZipException("gzip: checksum does not match");
        }
        if (nextInt() != (int) inflater.getBytesWritten()) {
            throw new ZipException("gzip: length does not match");
        }
    }

    private void discard(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            next();
        }
    }

    private void discardText() throws IOException {
        int octet;
        do {
            octet = next();
        } while (octet != 0);
    }

    private int nextInt() throws IOException {
        return next() | (next() << 8) | (next() << 16) | (next() << 24);
    }

    private int next() throws IOException {
        if (at == limit && !refill()) {
            throw new EOFException();
        }
        return compressed[at++] & 0xff;
    }

    private boolean refill() throws IOException {
        int got = in.read(compressed, 0, compressed.length);
        at = 0;
        limit = Math.max(0, got);
        consumed += limit;
        return got > 0;
    }

    /** Compressed bytes taken from the stream under it. */
    long consumed() {
        return consumed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
