package io.tripline.sensor.capture.live;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import io.tripline.sensor.capture.LinkType;
import io.tripline.sensor.capture.PacketSink;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Captures on one interface. Packets are read where libpcap has them, in the ring that the kernel fills: no copy, and
 * no object for a packet. Never blocks but in {@link #await}. Not for several threads.
 */
public final class LiveInterface implements AutoCloseable {
    /** After this the kernel hands over a block of packets that is not full. */
    public static final int HANDOVER_MILLIS = 50;

    private static final int POLLIN = 1;
    private static final long SECOND = 1_000_000_000;

    /** struct pcap_pkthdr on 64-bit systems: seconds, fraction, bytes captured, bytes on the wire. */
    private static final int FRACTION = 8;

    private static final int CAPTURED = 16;
    private static final int LENGTH = 20;
    private static final int HEADER = 24;

    private final String name;
    private final int linkType;
    private final long fractions;
    private final Memory slots = new Memory(2L * Native.POINTER_SIZE);
    private final Memory counters = new Memory(3L * Integer.BYTES);
    private final Memory descriptor = new Memory(Long.BYTES);
    private final UnsafeBuffer header = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer packet = new UnsafeBuffer(0, 0);
    private final long headerSlot;
    private final long dataSlot;
    private long handle;
    private long kernelDrops;
    private long interfaceDrops;
    private final int[] seen = new int[2];

    private LiveInterface(String name, long handle) throws CaptureFailure {
        this.name = name;
        this.handle = handle;
        linkType = Libpcap.pcap_datalink(handle);
        fractions = Libpcap.pcap_get_tstamp_precision(handle) == Libpcap.NANOSECONDS ? 1 : 1_000;
        headerSlot = Pointer.nativeValue(slots);
        dataSlot = headerSlot + Native.POINTER_SIZE;
        descriptor.setInt(0, Libpcap.pcap_get_selectable_fd(handle));
        descriptor.setShort(4, (short) POLLIN);
        if (!LinkType.readable(linkType)) {
            throw new CaptureFailure(
                    CaptureFailure.Kind.WRONG,
                    name + ": link type " + linkType + " cannot be read, see docs/sensor.md");
        }
    }

    /** Opens an interface. */
    public static LiveInterface open(String name, LiveSettings settings) throws CaptureFailure {
        if (Native.POINTER_SIZE != Long.BYTES) {
            throw new CaptureFailure(CaptureFailure.Kind.WRONG, "live capture needs a 64-bit system");
        }
        byte[] error = new byte[Libpcap.ERROR_BUFFER];
        long handle;
        try {
            handle = Libpcap.pcap_create(name, error);
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new CaptureFailure(
                    CaptureFailure.Kind.WRONG, "libpcap is not installed; get it with: apt-get install libpcap0.8");
        }
        if (handle == 0) {
            throw new CaptureFailure(CaptureFailure.Kind.AWAY, name + ": " + text(error));
        }
        try {
            activate(name, handle, settings);
            LiveInterface live = new LiveInterface(name, handle);
            live.filter(settings.filter());
            return live;
        } catch (CaptureFailure e) {
            Libpcap.pcap_close(handle);
            throw e;
        }
    }

    private static void activate(String name, long handle, LiveSettings settings) throws CaptureFailure {
        Libpcap.pcap_set_snaplen(handle, settings.snaplen());
        Libpcap.pcap_set_promisc(handle, settings.promiscuous() ? 1 : 0);
        Libpcap.pcap_set_timeout(handle, HANDOVER_MILLIS);
        Libpcap.pcap_set_buffer_size(handle, settings.bufferSize());
        Libpcap.pcap_set_tstamp_precision(handle, Libpcap.NANOSECONDS);
        int status = Libpcap.pcap_activate(handle);
        if (status < 0) {
            String detail = Libpcap.pcap_geterr(handle);
            String reason = Libpcap.pcap_statustostr(status) + (detail.isEmpty() ? "" : " (" + detail + ")");
            throw switch (status) {
                case Libpcap.PERMISSION_DENIED, Libpcap.PROMISCUOUS_PERMISSION_DENIED ->
                    new CaptureFailure(
                            CaptureFailure.Kind.FORBIDDEN,
                            name + ": no permission to capture; run as root, or with the capability CAP_NET_RAW");
                case Libpcap.NO_SUCH_DEVICE ->
                    new CaptureFailure(
                            CaptureFailure.Kind.MISSING,
                            name + ": no such interface; see: tripline sensor --list-interfaces");
                case Libpcap.NOT_UP -> new CaptureFailure(CaptureFailure.Kind.AWAY, name + ": is down");
                default -> new CaptureFailure(CaptureFailure.Kind.AWAY, name + ": " + reason);
            };
        }
        byte[] error = new byte[Libpcap.ERROR_BUFFER];
        if (Libpcap.pcap_setnonblock(handle, 1, error) < 0) {
            throw new CaptureFailure(CaptureFailure.Kind.AWAY, name + ": " + text(error));
        }
    }

    private void filter(String expression) throws CaptureFailure {
        if (expression.isEmpty()) {
            return;
        }
        Memory program = new Memory(2L * Native.POINTER_SIZE);
        program.clear();
        long address = Pointer.nativeValue(program);
        if (Libpcap.pcap_compile(handle, address, expression, 1, Libpcap.NETMASK_UNKNOWN) < 0) {
            throw new CaptureFailure(
                    CaptureFailure.Kind.WRONG, "--filter: " + Libpcap.pcap_geterr(handle) + " in: " + expression);
        }
        int status = Libpcap.pcap_setfilter(handle, address);
        Libpcap.pcap_freecode(address);
        if (status < 0) {
            throw new CaptureFailure(CaptureFailure.Kind.WRONG, "--filter: " + Libpcap.pcap_geterr(handle));
        }
    }

    /**
     * Gives the packets that are there.
     *
     * @param limit packets at most
     * @return how many; 0 where there are none now
     * @throws CaptureFailure when the interface is gone
     */
    public int read(PacketSink sink, int limit) throws CaptureFailure {
        long address = handle;
        for (int given = 0; given < limit; given++) {
            int status = Libpcap.pcap_next_ex(address, headerSlot, dataSlot);
            if (status == 0) {
                return given;
            }
            if (status != 1) {
                throw new CaptureFailure(CaptureFailure.Kind.AWAY, name + ": " + Libpcap.pcap_geterr(address));
            }
            header.wrap(slots.getLong(0), HEADER);
            int captured = header.getInt(CAPTURED);
            packet.wrap(slots.getLong(Native.POINTER_SIZE), captured);
            long time = header.getLong(0) * SECOND + header.getLong(FRACTION) * fractions;
            sink.packet(time, linkType, packet, 0, captured, header.getInt(LENGTH));
        }
        return limit;
    }

    /** Waits until there may be packets, at most so long. */
    public void await(int millis) {
        LibC.poll(Pointer.nativeValue(descriptor), 1, millis);
    }

    /** Asks the kernel what was lost, see {@link #kernelDrops} and {@link #interfaceDrops}. */
    public void count() {
        if (Libpcap.pcap_stats(handle, Pointer.nativeValue(counters)) == 0) {
            kernelDrops += advance(0, counters.getInt(4));
            interfaceDrops += advance(1, counters.getInt(8));
        }
    }

    /** What a 32-bit counter that may have run over gained. */
    private long advance(int which, int now) {
        long gained = Integer.toUnsignedLong(now - seen[which]);
        seen[which] = now;
        return gained;
    }

    /** Packets for which the kernel had no room, up to the last {@link #count}. */
    public long kernelDrops() {
        return kernelDrops;
    }

    /** Packets that the interface or its driver lost, as far as they tell. */
    public long interfaceDrops() {
        return interfaceDrops;
    }

    /** LINKTYPE_ number. */
    public int linkType() {
        return linkType;
    }

    private static String text(byte[] error) {
        int end = 0;
        while (end < error.length && error[end] != 0) {
            end++;
        }
        return new String(error, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (handle != 0) {
            Libpcap.pcap_close(handle);
            handle = 0;
        }
    }
}
