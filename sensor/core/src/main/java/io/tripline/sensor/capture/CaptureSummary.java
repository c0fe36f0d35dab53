package io.tripline.sensor.capture;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a report tells of one capture file: all of it at the end, what was read so far before.
 *
 * @param name the file as it was named, {@code -} for standard input
 * @param format null where it is no capture, or not looked at yet
 * @param linkTypes LINKTYPE_ numbers of the packets given, ascending
 * @param packets packets given
 * @param bytes their bytes on the wire
 * @param first earliest capture time, nanoseconds since 1970-01-01T00:00:00Z; 0 without packets
 * @param last latest capture time; 0 without packets
 * @param untimed packets that carry no time of their own (simple packet blocks) and were given that of the packet
 *     before
 */
public record CaptureSummary(
        String name,
        @Nullable CaptureFormat format,
        List<Integer> linkTypes,
        long packets,
        long bytes,
        long first,
        long last,
        long untimed) {}
