package io.tripline.rules.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.probe.hostsweep.HostSweepTestId;
import io.tripline.rules.probe.portscan.PortScanTestId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReasonTest {
    private static final Reason FAILED = Reason.of(HostSweepTestId.FAILED, "445/tcp", 21, 20);

    @Test
    void shouldSayItsTestInWords() {
        assertThat(FAILED.text()).isEqualTo("distinct hosts that failed for 445/tcp in 60 s");
    }

    @Test
    void shouldKnowItsTestByNameWhateverItsPhrase() {
        Reason reworded = new Reason("FAILED", "445/tcp", "hosts without an answer on 445/tcp", 30, 20);

        assertThat(reworded.isSameTest(FAILED)).isTrue();
        assertThat(reworded.is(HostSweepTestId.FAILED)).isTrue();
        assertThat(reworded.is(HostSweepTestId.UNSEEN)).isFalse();
        assertThat(reworded.isSameTest(Reason.of(HostSweepTestId.FAILED, "22/tcp", 21, 20)))
                .isFalse();
        assertThat(reworded.isSameTest(Reason.of(HostSweepTestId.UNSEEN, "445/tcp", 21, 20)))
                .isFalse();
    }

    @Test
    void shouldSurviveWriteAndRead() throws IOException {
        Reason several = new Reason("FAILED", "two\nlines", "of a text\nwith more", -1, Long.MAX_VALUE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        FAILED.write(new DataOutputStream(bytes));
        several.write(new DataOutputStream(bytes));

        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(Reason.read(in)).isEqualTo(FAILED);
        assertThat(Reason.read(in).test()).isEqualTo("FAILED");
    }

    @Test
    void shouldReadWhatWasStoredAsAPhraseAlone() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        Stored.writeText("distinct hosts that failed for 445/tcp in 60 s", out);
        out.writeLong(21);
        out.writeLong(20);

        Reason old = Reason.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        assertThat(old.isSameTest(FAILED)).isTrue();
        assertThat(old.is(HostSweepTestId.FAILED)).isTrue();
        assertThat(old.is(HostSweepTestId.UNSEEN)).isFalse();
        assertThat(old.is(PortScanTestId.PORTS)).isFalse();
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        old.write(new DataOutputStream(again));
        assertThat(again.toByteArray()).isEqualTo(bytes.toByteArray());
    }
}
