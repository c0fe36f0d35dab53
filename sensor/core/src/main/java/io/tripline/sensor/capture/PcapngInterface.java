package io.tripline.sensor.capture;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * An interface that a pcapng capture describes.
 *
 * @param linkType LINKTYPE_ number
 * @param snaplen most bytes captured of a packet; 0 for all
 * @param times how its packets' time stamps are meant
 */
record PcapngInterface(int linkType, long snaplen, TimeScale times) {
    /** Bytes of an interface description block before its options. */
    static final int OPTIONS = 16;

    static final int LINK_TYPE = 8;
    private static final int SNAPLEN = 12;

    private static final int OPTION_HEADER = 4;
    private static final int OPTION_END = 0;
    private static final int OPTION_TIME_RESOLUTION = 9;
    private static final int OPTION_TIME_OFFSET = 14;
    private static final int DEFAULT_RESOLUTION = 6;

    /**
     * Reads an interface description block. Options that are of no use here, or do not fit, are passed over.
     *
     * @param at where the block begins
     * @param end where its closing length begins
     */
    static PcapngInterface read(DirectBuffer buffer, int at, int end, ByteOrder order) {
        int resolution = DEFAULT_RESOLUTION;
        long offset = 0;
        int option = at + OPTIONS;
        while (end - option >= OPTION_HEADER) {
            int code = buffer.getShort(option, order) & 0xffff;
            int length = buffer.getShort(option + 2, order) & 0xffff;
            int value = option + OPTION_HEADER;
            if (code == OPTION_END || length > end - value) {
                break;
            }
            if (code == OPTION_TIME_RESOLUTION && length == 1) {
                resolution = buffer.getByte(value) & 0xff;
            } else if (code == OPTION_TIME_OFFSET && length == 8) {
                offset = buffer.getLong(value, order);
            }
            option = value + ((length + 3) & ~3);
        }
        int linkType = buffer.getShort(at + LINK_TYPE, order) & 0xffff;
        long snaplen = buffer.getInt(at + SNAPLEN, order) & 0xffff_ffffL;
        boolean usual = resolution == DEFAULT_RESOLUTION && offset == 0;
        return new PcapngInterface(
                linkType, snaplen, usual ? TimeScale.MICROSECONDS : new TimeScale(resolution, offset));
    }
}
