package io.tripline.rules.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.IpProtocol;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;

/** How the services of an incident are told as text. */
class ServiceRangesTest {
    private static final int NEIGHBOUR_SOLICITATION = 135;

    @Test
    void shouldJoinNeighboursAndKeepTransportsApart() {
        assertThat(ranges(tcp(1), tcp(2), tcp(3), tcp(8080), udp(53))).isEqualTo("tcp 1-3,8080; udp 53");
        assertThat(ranges(tcp(65_535), udp(0))).isEqualTo("tcp 65535; udp 0");
        assertThat(ranges(Service.of(Service.ANY_PROTOCOL, 0), Service.of(Service.ANY_PROTOCOL, 1)))
                .isEqualTo("ip 0-1");
    }

    @Test
    void shouldGiveNoNumberToWhatHasNone() {
        assertThat(ranges(Service.of(IpProtocol.ARP, 0))).isEqualTo("arp");
        assertThat(ranges(
                        Service.of(IpProtocol.ICMP, 0),
                        tcp(22),
                        Service.of(IpProtocol.ICMPV6, 0),
                        Service.of(IpProtocol.ICMPV6, NEIGHBOUR_SOLICITATION)))
                .isEqualTo("icmp; tcp 22; ipv6-icmp");
    }

    @Test
    void shouldEndInAnEllipsisWhereItIsTooLong() {
        RoaringBitmap scattered = new RoaringBitmap();
        for (int port = 0; port < 1_000; port += 2) {
            scattered.add(tcp(port));
        }

        assertThat(ServiceRanges.text(scattered)).startsWith("tcp 0,2,4,").endsWith(",118,…");
    }

    private static String ranges(int... services) {
        return ServiceRanges.text(RoaringBitmap.bitmapOf(services));
    }

    private static int tcp(int port) {
        return Service.of(IpProtocol.TCP, port);
    }

    private static int udp(int port) {
        return Service.of(IpProtocol.UDP, port);
    }
}
