package io.tripline.rules.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.IpProtocol;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ServiceSetTest {
    private static ServiceSet ports(int count) {
        ServiceSet set = new ServiceSet();
        for (int port = 1; port <= count; port++) {
            set.add(Service.of(IpProtocol.TCP, port));
        }
        return set;
    }

    private static byte[] bytes(ServiceSet set) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        set.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    /** A snapshot writes on one thread what another copies. */
    @Test
    void shouldLeaveTheSetAsItIsWhenItIsWritten() throws IOException {
        ServiceSet set = ports(1_000);

        assertThat(bytes(set)).hasSizeGreaterThan(2_000);
        assertThat(bytes(set)).hasSizeGreaterThan(2_000);

        set.compact();
        assertThat(bytes(set)).hasSizeLessThan(50);
    }

    @Test
    void shouldReadWhatItWroteCompactOrNot() throws IOException {
        for (int count : new int[] {0, 3, 8, 9, 1_000}) {
            ServiceSet set = ports(count);
            assertThat(read(bytes(set)).count(IpProtocol.TCP)).isEqualTo(count);

            set.compact();
            assertThat(read(bytes(set)).count(IpProtocol.TCP)).isEqualTo(count);
        }
    }

    private static ServiceSet read(byte[] bytes) throws IOException {
        return ServiceSet.read(new DataInputStream(new ByteArrayInputStream(bytes)));
    }
}
