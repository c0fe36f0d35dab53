package io.tripline.job.kafka;

import io.tripline.schemas.Conversation;
import io.tripline.schemas.Dns;
import io.tripline.schemas.Echo;
import io.tripline.schemas.Neighbour;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.ProtocolTotal;
import io.tripline.schemas.SafeText;
import io.tripline.schemas.UnreadTotal;
import io.tripline.schemas.Volume;
import org.jspecify.annotations.Nullable;

/**
 * Whether a batch is one that a sensor could have written. Anybody who may write to the topic can write what decodes
 * well and would yet break what comes after: times without end, counts below zero, ports that index nothing, names that
 * steer a terminal.
 */
final class BatchCheck {
    /** Records, and conversations, of one batch; a sensor writes about a thousand. */
    static final int ITEMS = 65_536;

    private static final int KINDS = 1_024;
    private static final int NAME = 255;
    /** 255 octets, each of them as {@code \DDD}. */
    private static final int DOMAIN = 4 * 255;

    private static final long COUNT = 1L << 48;
    private static final long SECOND = 1_000_000;
    private static final long DAY = 86_400 * SECOND;
    /** Microseconds; far more than lies between any two clocks. */
    private static final long SHIFT = 1L << 53;

    private static final long STRETCH = 3_600 * SECOND;
    private static final int DISORDER = 10_000_000;
    private static final int PORT = 65_535;
    private static final long MAC = (1L << 48) - 1;

    private BatchCheck() {}

    /**
     * What is wrong, one line; null where nothing is.
     *
     * @param appended when the broker took the batch, milliseconds
     */
    static @Nullable String wrong(PacketBatch batch, long appended) {
        String wrong = wrongHead(batch);
        if (wrong == null) {
            wrong = wrongTime(batch, appended);
        }
        if (wrong == null) {
            wrong = wrongLists(batch);
        }
        return wrong;
    }

    private static @Nullable String wrongHead(PacketBatch batch) {
        if (!isName(batch.getSensor(), 1, NAME)) {
            return "sensor name is missing, too long, or has non-printable characters";
        }
        if (!isName(batch.getSegment(), 0, NAME)) {
            return "segment name is too long or has non-printable characters";
        }
        if (!isName(batch.getVersion(), 0, NAME)) {
            return "version is too long or has non-printable characters";
        }
        return areCounts(
                        batch.getSequence(),
                        batch.getFirstFrame(),
                        batch.getPackets(),
                        batch.getBytes(),
                        batch.getDropped(),
                        batch.getOutOfOrder(),
                        batch.getEvicted(),
                        batch.getDiscarded())
                ? null
                : "a count is negative or beyond 2^48";
    }

    private static @Nullable String wrongTime(PacketBatch batch, long appended) {
        long newest = batch.getNewest();
        if (newest < 0 || batch.getTime() < 0 || batch.getSentAt() < 0 || batch.getRun() < 0) {
            return "a time is before 1970";
        }
        if (newest > appended * 1_000 + DAY) {
            return "newest is more than a day ahead of the broker's clock";
        }
        if (Math.abs(newest - batch.getTime()) > STRETCH) {
            return "time and newest are more than an hour apart";
        }
        boolean shifted = isWithin(batch.getClockShift(), -SHIFT, SHIFT)
                && isWithin(batch.getClockCorrection(), -SHIFT, SHIFT)
                && isWithin(batch.getClockOffset(), -SHIFT, SHIFT);
        return shifted ? null : "a clock shift is out of range";
    }

    private static @Nullable String wrongLists(PacketBatch batch) {
        if (batch.getRecords().size() > ITEMS || batch.getVolumes().size() > ITEMS) {
            return "more than " + ITEMS + " records or conversations";
        }
        if (batch.getProtocols().size() > KINDS || batch.getUnread().size() > KINDS) {
            return "more than " + KINDS + " protocols or reasons";
        }
        for (ProtocolTotal total : batch.getProtocols()) {
            if (!isName(total.getProtocol(), 1, NAME) || !areCounts(total.getPackets(), total.getBytes())) {
                return "invalid name or counts of a protocol";
            }
        }
        for (UnreadTotal total : batch.getUnread()) {
            if (!isName(total.getReason(), 1, NAME) || !areCounts(total.getPackets(), total.getBytes())) {
                return "invalid name or counts of a reason";
            }
        }
        for (Volume volume : batch.getVolumes()) {
            if (!isGood(volume)) {
                return "invalid protocol, port or count of a conversation";
            }
        }
        for (PacketRecord packet : batch.getRecords()) {
            String wrong = wrong(packet);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private static boolean isGood(Volume volume) {
        return isWithin(volume.getProtocol(), 0, 256)
                && isWithin(volume.getInitiatorPort(), 0, PORT)
                && isWithin(volume.getResponderPort(), 0, PORT)
                && areCounts(volume.getPacketsOut(), volume.getBytesOut(), volume.getPacketsIn(), volume.getBytesIn());
    }

    private static @Nullable String wrong(PacketRecord packet) {
        if (!isWithin(packet.getTime(), -DISORDER, DISORDER)) {
            return "a packet lies more than 10 s from its batch";
        }
        boolean header = packet.getFrame() >= 0
                && isWithin(packet.getProtocol(), 0, 256)
                && isWithin(packet.getSourcePort(), 0, PORT)
                && isWithin(packet.getDestinationPort(), 0, PORT)
                && packet.getLength() >= 0
                && packet.getPayload() >= 0
                && isWithin(packet.getTcpFlags(), 0, 511)
                && isWithin(packet.getWindow(), 0, PORT)
                && isWithin(packet.getTcpOptions(), 0, PORT)
                && isWithin(packet.getTtl(), 0, 255)
                && isWithin(packet.getVlan(), 0, 4_095)
                && packet.getIndicators() >= 0
                && isWithin(packet.getEntropy(), -1, 8_000);
        if (!header) {
            return "invalid header field of a packet";
        }
        return isGood(packet.getArp())
                        && isGood(packet.getDns())
                        && isGood(packet.getEcho())
                        && isGood(packet.getAbout())
                ? null
                : "invalid ARP, DNS, echo or quoted field of a packet";
    }

    private static boolean isGood(@Nullable Neighbour arp) {
        return arp == null
                || (isWithin(arp.getOperation(), 0, PORT)
                        && isWithin(arp.getLinkSource(), 0, MAC)
                        && isWithin(arp.getLinkDestination(), 0, MAC)
                        && isWithin(arp.getSenderMac(), 0, MAC)
                        && isWithin(arp.getTargetMac(), 0, MAC)
                        && isWithin(arp.getFlags(), 0, 255));
    }

    private static boolean isGood(@Nullable Dns dns) {
        return dns == null
                || (isName(dns.getName(), 0, DOMAIN)
                        && isWithin(dns.getType(), 0, PORT)
                        && isWithin(dns.getResponseCode(), 0, 15)
                        && isWithin(dns.getAnswers(), 0, PORT)
                        && isWithin(dns.getSize(), 0, PORT));
    }

    private static boolean isGood(@Nullable Echo echo) {
        return echo == null
                || (isWithin(echo.getIdentifier(), 0, PORT)
                        && isWithin(echo.getSequence(), 0, PORT)
                        && isWithin(echo.getSize(), 0, Integer.MAX_VALUE)
                        && isWithin(echo.getRead(), 0, echo.getSize())
                        && isWithin(echo.getEntropy(), 0, 8_000));
    }

    private static boolean isGood(@Nullable Conversation about) {
        return about == null
                || (isWithin(about.getProtocol(), 0, 256)
                        && isWithin(about.getInitiatorPort(), 0, PORT)
                        && isWithin(about.getResponderPort(), 0, PORT));
    }

    private static boolean areCounts(long... counts) {
        for (long count : counts) {
            if (count < 0 || count > COUNT) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(long value, long least, long most) {
        return value >= least && value <= most;
    }

    /** Length in UTF-16 units, and nothing that steers a terminal or breaks a line. */
    private static boolean isName(String text, int least, int most) {
        if (text.length() < least || text.length() > most) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at < ' ' || (at > '~' && !SafeText.isHarmless(at))) {
                return false;
            }
        }
        return true;
    }
}
