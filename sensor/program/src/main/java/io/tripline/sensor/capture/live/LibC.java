package io.tripline.sensor.capture.live;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The functions of the C library that Java lacks. */
final class LibC {
    static {
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    /** {@code descriptors} is the address of 8 bytes each: descriptor, events asked for, events that came. */
    static native int poll(long descriptors, long count, int millis);

    static native @Nullable Pointer getpwnam(String user);

    static native int initgroups(String user, int group) throws LastErrorException;

    static native int setgid(int group) throws LastErrorException;

    static native int setuid(int user) throws LastErrorException;
}
