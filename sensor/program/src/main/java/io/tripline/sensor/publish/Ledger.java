package io.tripline.sensor.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/** The accounts of this process's sensors, in a file that outlives a kill. */
public final class Ledger {
    /** Sensors that one folder has accounts for. */
    static final int ACCOUNTS = 64;

    /** Longest name, bytes of UTF-8. */
    public static final int NAME = 200;

    private static final int SLOT = 256;
    private static final int NUMBERS = 208;

    private final UnsafeBuffer words;
    private final Map<String, Account> accounts = new ConcurrentHashMap<>();

    private Ledger(UnsafeBuffer words) {
        this.words = words;
    }

    /** Accounts that end with this process. */
    static Ledger inMemory() {
        return new Ledger(new UnsafeBuffer(ByteBuffer.allocateDirect(ACCOUNTS * SLOT)));
    }

    /** Accounts in a file, with those of earlier runs. */
    static Ledger open(Path file) throws IOException {
        return new Ledger(MappedWords.open(file, ACCOUNTS * SLOT));
    }

    /** The account of a sensor; a new one where it has none. */
    public Account account(String sensor) {
        return accounts.computeIfAbsent(sensor, this::find);
    }

    /** Closes the books of an earlier run. */
    void carryOver(Map<String, Spool.Contents> spooled, Notices notices) {
        for (int slot = 0; slot < ACCOUNTS; slot++) {
            byte[] owner = new byte[NAME];
            words.getBytes(slot * SLOT, owner);
            if (owner[0] == 0) {
                break;
            }
            String sensor = new String(owner, StandardCharsets.UTF_8).replace("\0", "");
            long lost = account(sensor).carryOver(spooled.getOrDefault(sensor, new Spool.Contents(0, 0)));
            if (lost > 0) {
                notices.tell(
                        "killed " + sensor,
                        sensor + ": an earlier run ended before it could publish or report " + lost
                                + " packets; they are reported as discarded");
            }
        }
    }

    private synchronized Account find(String sensor) {
        byte[] name = Arrays.copyOf(sensor.getBytes(StandardCharsets.UTF_8), NAME);
        for (int slot = 0; slot < ACCOUNTS; slot++) {
            int at = slot * SLOT;
            byte[] owner = new byte[NAME];
            words.getBytes(at, owner);
            if (Arrays.equals(owner, name)) {
                return new Account(words, at + NUMBERS);
            }
            if (owner[0] == 0) {
                words.putBytes(at, name);
                return new Account(words, at + NUMBERS);
            }
        }
        throw new IllegalStateException("the spool folder has " + ACCOUNTS + " sensors already; use another one");
    }
}
