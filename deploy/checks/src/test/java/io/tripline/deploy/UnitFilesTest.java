package io.tripline.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** deploy/systemd, with systemd's own checks. */
class UnitFilesTest {
    /** What systemd calls low exposure ends at 4; a sensor must see the network, which costs most of it. */
    private static final double EXPOSURE = 2.5;

    @TempDir
    private Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"tripline-sensor.service", "tripline-job.service", "tripline-probe.service"})
    void shouldBeRightAndExposeLittle(String unit) throws Exception {
        assumeTrue(Project.program("systemd-analyze").isPresent(), "no systemd-analyze: not checked here");
        Path file = dir.resolve(unit);
        String text = Project.text("deploy/systemd/" + unit);
        // The program is not installed here, and systemd looks whether it is.
        Files.writeString(file, text.replace("ExecStart=/opt/tripline/tripline", "ExecStart=/bin/true"));

        Project.Run verified = Project.run(dir, List.of("systemd-analyze", "verify", "--man=no", file.toString()));
        assertThat(verified.said()).doesNotContain(unit);
        assertThat(verified.status()).as(verified.said()).isZero();

        Project.Run exposure = Project.run(
                dir, List.of("systemd-analyze", "security", "--no-pager", "--offline=yes", file.toString()));
        Matcher overall =
                Pattern.compile("exposure level for " + unit + ": ([0-9.]+)").matcher(exposure.said());
        assumeTrue(overall.find(), "this systemd cannot weigh a unit that is not loaded");
        assertThat(Double.parseDouble(overall.group(1))).isLessThan(EXPOSURE);
    }

    @Test
    void shouldStartProbesByTheClock() throws Exception {
        assumeTrue(Project.program("systemd-analyze").isPresent(), "no systemd-analyze: not checked here");
        Files.writeString(
                dir.resolve("tripline-probe.service"),
                Project.text("deploy/systemd/tripline-probe.service").replace("/opt/tripline/tripline", "/bin/true"));
        Path timer = dir.resolve("tripline-probe.timer");
        Files.writeString(timer, Project.text("deploy/systemd/tripline-probe.timer"));

        Project.Run verified = Project.run(dir, List.of("systemd-analyze", "verify", "--man=no", timer.toString()));
        assertThat(verified.said()).doesNotContain("tripline-probe");
        assertThat(verified.status()).as(verified.said()).isZero();
    }
}
