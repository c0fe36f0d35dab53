package io.tripline.sensor.capture;

import org.jspecify.annotations.Nullable;

/** Formats of capture files, distinguished by their first four bytes. */
public enum CaptureFormat {
    /** The classic format with microseconds (draft-ietf-opsawg-pcap). */
    PCAP(0xa1b2_c3d4, "pcap"),
    /** The classic format with nanoseconds. */
    PCAP_NANOSECONDS(0xa1b2_3c4d, "pcap, nanoseconds"),
    /** Alexey Kuznetzov's variant: eight further bytes in each record header. */
    PCAP_MODIFIED(0xa1b2_cd34, "pcap, modified"),
    /** Blocks, several interfaces and sections (draft-ietf-opsawg-pcapng). */
    PCAPNG(0x0a0d_0d0a, "pcapng");

    private final int magic;
    private final String label;

    CaptureFormat(int magic, String label) {
        this.magic = magic;
        this.label = label;
    }

    /** The format's first four bytes, as a number in the byte order of the capture. */
    int magic() {
        return magic;
    }

    /** The name for people. */
    public String label() {
        return label;
    }

    /** The format that begins with these four bytes (read big-endian), in either byte order; null where none does. */
    static @Nullable CaptureFormat beginningWith(int bytes) {
        for (CaptureFormat format : values()) {
            if (format.magic == bytes || format.magic == Integer.reverseBytes(bytes)) {
                return format;
            }
        }
        return null;
    }
}
