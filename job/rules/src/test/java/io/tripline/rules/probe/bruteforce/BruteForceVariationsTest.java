package io.tripline.rules.probe.bruteforce;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Wire;
import io.tripline.rules.network.LoginServices;
import io.tripline.rules.probe.Variations;
import org.junit.jupiter.api.Test;

/** Where repeated log-ins begin and cease to be found. */
class BruteForceVariationsTest {
    private static final long SEED = 20_261_129;
    private static final String SERVER = "172.16.5.10";

    private static boolean found(Wire wire) {
        return !wire.findings(BruteForce.RULE).isEmpty();
    }

    private static Wire log(int port, int count, double gap, int exchanges, int bytes) {
        return BruteForceTest.sessions(new Wire(SEED), SERVER, port, count, gap, exchanges, bytes);
    }

    @Test
    void shouldTellWhereHitsAndFalseAlarmsBegin() {
        Variations table = new Variations(BruteForce.RULE, SEED);
        for (int port :
                new int[] {21, 22, 23, 110, 139, 143, 389, 445, 993, 1433, 3306, 3389, 5432, 5900, 5985, 6379}) {
            boolean program = LoginServices.DEFAULT.of(port).client() == LoginServices.Client.PROGRAM;
            int bytes = LoginServices.DEFAULT.of(port).leastBytesOut() / 4;
            assertThat(table.edge(
                            "port " + port + ", conversations in 30 s",
                            5,
                            60,
                            1,
                            count -> found(log(port, count, 30.0 / count, 4, Math.min(bytes, 150)))))
                    .as("port %d", port)
                    .isEqualTo(program ? 31 : 16);
        }
        assertThat(table.edge("ssh, 60 conversations, seconds apart", 1, 60, 1, gap -> found(log(22, 60, gap, 8, 200))))
                .isBetween(40, 50);
        assertThat(table.edge(
                        "ssh, 25 conversations, percent lost",
                        0,
                        90,
                        10,
                        loss -> found(log(22, 25, 1, 8, 200).lossy(loss / 100.0))))
                .isGreaterThanOrEqualTo(10);
        assertThat(table.edge(
                        "ssh, 40 conversations, kilobytes each way",
                        1,
                        40,
                        1,
                        kilobytes -> found(log(22, 40, 1, 10, kilobytes * 100))))
                .isBetween(4, 7);
        assertThat(table.row(
                        "ssh, 40 conversations from the middle on",
                        found(log(22, 40, 1, 8, 200).fromMiddle(0.5))))
                .isTrue();
        table.write();
    }
}
