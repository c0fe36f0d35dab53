package io.tripline.rules.probe.hostsweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.schemas.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequentialTestTest {
    private final SequentialTest test = new SequentialTest();

    @Test
    void shouldDecideAtSixFailuresMoreThanSuccesses() {
        fail(0, 5);
        assertThat(test.isScanner()).isFalse();
        fail(5, 1);
        assertThat(test.isScanner()).isTrue();
    }

    @Test
    void shouldTakeASuccessForAStepBackButGiveNoCredit() {
        test.success(0);
        test.success(0);
        fail(0, 5);
        test.success(0);
        fail(5, 1);
        assertThat(test.isScanner()).isFalse();
        fail(6, 1);
        assertThat(test.isScanner()).isTrue();
    }

    @Test
    void shouldCountAHostOnce() {
        for (int again = 0; again < 10; again++) {
            fail(0, 5);
        }
        assertThat(test.steps()).isEqualTo(5);
    }

    @Test
    void shouldFindScannersAndLeaveOthersAlone() {
        long seed = 20_260_103;
        Random random = new Random(seed);
        int found = 0;
        int accused = 0;
        for (int run = 0; run < 1_000; run++) {
            found += decides(random, 0.1) ? 1 : 0;
            accused += decides(random, 0.9) ? 1 : 0;
        }
        assertThat(found).as("seed %d", seed).isGreaterThanOrEqualTo(985);
        assertThat(accused).as("seed %d", seed).isLessThanOrEqualTo(2);
    }

    private static boolean decides(Random random, double succeeds) {
        SequentialTest walk = new SequentialTest();
        for (int contact = 0; contact < 40 && !walk.isScanner(); contact++) {
            if (random.nextDouble() < succeeds) {
                walk.success(0);
            } else {
                walk.failure(Address.ofIpv4(contact), 0);
            }
        }
        return walk.isScanner();
    }

    @Test
    void shouldBeForgottenAfterTwoMinutes() {
        test.failure(Address.ofIpv4(1), 100);
        assertThat(test.forgetAt()).isEqualTo(220);
    }

    @Test
    void shouldComeBackFromStorage() throws IOException {
        fail(0, 50);
        SequentialTest read = SequentialTest.read(new DataInputStream(new ByteArrayInputStream(bytes())));
        assertThat(read.steps()).isEqualTo(50);
        read.failure(Address.ofIpv4(49), 0);
        assertThat(read.steps()).isEqualTo(50);
    }

    @Test
    void shouldRefuseDamagedStorage() throws IOException {
        byte[] bytes = bytes();
        bytes[12] = 0x7f;
        assertThatThrownBy(() -> SequentialTest.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class);
    }

    private byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        test.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private void fail(int from, int hosts) {
        for (int host = from; host < from + hosts; host++) {
            test.failure(Address.ofIpv4(host), 0);
        }
    }
}
