package io.tripline.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabTest {
    @Test
    void shouldLetTheAttackerReachTheVictimAndTheSegmentSeeIt() throws IOException {
        String segment;
        try (Lab lab = Lab.open()) {
            segment = lab.segment();
            // A sensor makes its interface promiscuous; without that a switch keeps to itself what is for others.
            LabHost.require("ip", "link", "set", segment, "promisc", "on");
            long before = received(segment);

            Deadline.in(Duration.ofMinutes(1)).until("the attacker knows the victim's hardware address", () -> {
                // No tool is needed for this: a datagram to a port makes the kernel ask.
                lab.attacker()
                        .run("bash", "-c", "echo x > /dev/udp/" + lab.victim().address() + "/9");
                return lab.attacker()
                        .run("ip", "neighbour", "show", lab.victim().address())
                        .output()
                        .contains("lladdr");
            });
            assertThat(received(segment)).isGreaterThan(before + 1);
        }
        assertThat(Path.of("/sys/class/net", segment)).doesNotExist();
        assertThat(LabHost.run(List.of("ip", "netns", "list")).output())
                .doesNotContain("-" + ProcessHandle.current().pid() + "-");
    }

    @Test
    void shouldRemoveWhatAKilledRunLeft() throws IOException {
        try (Lab first = Lab.open()) {
            assertThat(first.segment()).startsWith("tl");
            LabHost.require("ip", "netns", "add", "tripline-lab-99999999-1-victim");
            try (Lab second = Lab.open()) {
                assertThat(second.segment()).isNotEqualTo(first.segment());
                assertThat(LabHost.run(List.of("ip", "netns", "list")).output())
                        .contains("tripline-lab-" + first.segment().substring(2) + "-attacker")
                        .doesNotContain("99999999");
            }
        }
    }

    private static long received(String link) throws IOException {
        return Long.parseLong(Files.readString(Path.of("/sys/class/net", link, "statistics/rx_packets"))
                .trim());
    }
}
