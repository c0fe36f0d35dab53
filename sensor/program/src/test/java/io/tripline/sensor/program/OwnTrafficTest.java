package io.tripline.sensor.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnTrafficTest {
    @Test
    void shouldLeaveOutOnlyThisHostsConnectionsWithTheBrokers() {
        String filter = OwnTraffic.exclude(OwnTraffic.named("127.0.0.1:9092"), "");
        assertThat(filter).isEqualTo("not ((tcp port 9092 and host 127.0.0.1 and host 127.0.0.1))");
    }

    @Test
    void shouldKeepTheUsersFilter() {
        assertThat(OwnTraffic.exclude(OwnTraffic.named("[::1]:9092"), "udp or icmp"))
                .startsWith("(udp or icmp) and not (")
                .contains("host 0:0:0:0:0:0:0:1");
    }

    @Test
    void shouldChangeNothingWhereNoBrokerIsKnown() {
        assertThat(OwnTraffic.exclude(List.of(), "udp")).isEqualTo("udp");
    }
}
