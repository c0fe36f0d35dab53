package io.tripline.sensor.capture.live;

import com.sun.jna.Native;

/**
 * The functions of libpcap that capturing takes, for 64-bit systems; addresses are {@code long}.
 *
 * <p>pcap4j has them too, but hides the handle, and hands each packet over in an array of its own through a callback,
 * which costs more than decoding it. It stays for listing interfaces.
 *
 * @see <a href="https://www.tcpdump.org/manpages/pcap.3pcap.html">pcap(3PCAP)</a>
 */
final class Libpcap {
    static final int ERROR_BUFFER = 256;
    static final int NANOSECONDS = 1;
    static final int NO_SUCH_DEVICE = -5;
    static final int PERMISSION_DENIED = -8;
    static final int NOT_UP = -9;
    static final int PROMISCUOUS_PERMISSION_DENIED = -11;

    /** Netmask where it does not matter: no filter asks for broadcasts of IPv4. */
    static final int NETMASK_UNKNOWN = -1;

    static {
        Native.register(Libpcap.class, "pcap");
    }

    private Libpcap() {}

    static native long pcap_create(String device, byte[] error);

    static native int pcap_set_snaplen(long handle, int bytes);

    static native int pcap_set_promisc(long handle, int on);

    static native int pcap_set_timeout(long handle, int millis);

    static native int pcap_set_buffer_size(long handle, int bytes);

    static native int pcap_set_tstamp_precision(long handle, int precision);

    static native int pcap_activate(long handle);

    static native String pcap_geterr(long handle);

    static native String pcap_statustostr(int status);

    static native int pcap_setnonblock(long handle, int on, byte[] error);

    static native int pcap_datalink(long handle);

    static native int pcap_get_tstamp_precision(long handle);

    /** {@code program} is the address of 16 bytes. */
    static native int pcap_compile(long handle, long program, String expression, int optimize, int netmask);

    static native int pcap_setfilter(long handle, long program);

    static native void pcap_freecode(long program);

    /** {@code statistics} is the address of three 32-bit numbers: received, dropped by the kernel, by the interface. */
    static native int pcap_stats(long handle, long statistics);

    static native int pcap_get_selectable_fd(long handle);

    /** {@code header} and {@code data} are addresses of an address each. */
    static native int pcap_next_ex(long handle, long header, long data);

    static native void pcap_close(long handle);
}
