package io.tripline.sensor.capture.live;

import com.sun.jna.LastErrorException;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** Gives up root. */
public final class Privileges {
    /** struct passwd on 64-bit Linux: two pointers before the numbers. */
    private static final int USER = 16;

    private static final int GROUP = 20;

    private Privileges() {}

    /**
     * A user of this system.
     *
     * @param user number
     * @param group number of the primary group
     */
    public record Account(String name, int user, int group) {}

    /** The user of that name; null where there is none. */
    public static @Nullable Account find(String name) {
        Pointer entry = LibC.getpwnam(name);
        return entry == null ? null : new Account(name, entry.getInt(USER), entry.getInt(GROUP));
    }

    /**
     * Becomes that user, with that user's groups, for good. The C library does so for all threads of the process.
     *
     * @throws CaptureFailure when this process may not
     */
    public static void become(Account account) throws CaptureFailure {
        try {
            LibC.initgroups(account.name(), account.group());
            LibC.setgid(account.group());
            LibC.setuid(account.user());
        } catch (LastErrorException e) {
            throw new CaptureFailure(
                    CaptureFailure.Kind.FORBIDDEN, "--user " + account.name() + ": no permission; start as root");
        }
    }
}
