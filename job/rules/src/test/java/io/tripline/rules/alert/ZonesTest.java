package io.tripline.rules.alert;

import static io.tripline.rules.alert.FindingBuilder.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.network.AddressText;
import io.tripline.rules.network.Prefix;
import io.tripline.schemas.Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is inside, and where traffic goes. */
class ZonesTest {
    @ParameterizedTest
    @CsvSource({
        "9.255.255.255, false",
        "10.0.0.0, true",
        "10.255.255.255, true",
        "11.0.0.0, false",
        "172.15.255.255, false",
        "172.16.0.0, true",
        "172.31.255.255, true",
        "172.32.0.0, false",
        "192.168.0.1, true",
        "192.169.0.0, false",
        "169.254.7.7, true",
        "127.0.0.1, true",
        "8.8.8.8, false",
        "::1, true",
        "::2, false",
        "fbff::1, false",
        "fc00::1, true",
        "fdff:ffff::1, true",
        "fe80::1, true",
        "febf::1, true",
        "fec0::1, false",
        "2001:db8::1, false"
    })
    void shouldKnowPrivateLinkLocalAndLoopbackAsInternal(String address, boolean internal) {
        assertThat(Zones.DEFAULT.isInternal(address(address))).isEqualTo(internal);
    }

    @Test
    void shouldTakeAHostKnownByItsMacAloneAsInternal() {
        assertThat(Zones.DEFAULT.isInternal(Address.ofMac(0x0200_0000_0001L))).isTrue();
        assertThat(Prefix.parse("ff00::/8").contains(Address.ofMac(1)))
                .as("a MAC address is in no network")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, 10.0.0.2, INTERNAL",
        "10.0.0.1, 8.8.8.8, OUTBOUND",
        "8.8.8.8, 10.0.0.1, INBOUND",
        "8.8.8.8, 9.9.9.9, EXTERNAL",
        "fd00::1, 2001:db8::1, OUTBOUND",
        "8.8.8.8, 9.9.9.9 10.0.0.1, INBOUND",
        "10.0.0.1, 9.9.9.9 10.0.0.2, INTERNAL"
    })
    void shouldGiveTheDirectionOfTheElasticCommonSchema(String actor, String targets, Direction expected) {
        List<Address> addresses = List.of(targets.split(" ")).stream()
                .map(FindingBuilder::address)
                .toList();

        assertThat(Zones.DEFAULT.direction(address(actor), addresses)).isEqualTo(expected);
    }

    @Test
    void shouldKeepFamiliesApart() {
        assertThat(Prefix.parse("::/0").contains(address("10.0.0.1"))).isFalse();
        assertThat(Prefix.parse("0.0.0.0/0").contains(address("::1"))).isFalse();
        assertThat(Prefix.parse("0.0.0.0/0").contains(address("255.255.255.255")))
                .isTrue();
        assertThat(Prefix.parse("::/0").contains(address("2001:db8::1"))).isTrue();
        assertThat(Prefix.parse("2001:db8::/65").contains(address("2001:db8::8000:0:0:0")))
                .isFalse();
        assertThat(Prefix.parse("10.1.2.3")).hasToString("10.1.2.3/32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "localhost",
                "10.0.0/8",
                "10.0.0.0.0/8",
                "010.0.0.0/8",
                "256.0.0.0/8",
                "1.2.3.4 /32",
                ":::/8",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "fe80::1%eth0",
                "12345::",
                "1.2.3.4::",
                "::1.2.3",
                "fc00::/",
                "fc00::/129",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/08",
                "10.0.0.1/8",
                "::１"
            })
    void shouldRefuseWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Prefix.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSayWhatWouldBeRight() {
        assertThatThrownBy(() -> Zones.parse(List.of("10.0.0.0/8", "localhost")))
                .hasMessage("'localhost' is no network: write it like 10.0.0.0/8 or fc00::/7");
        assertThatThrownBy(() -> Prefix.parse("10.1.0.0/8"))
                .hasMessage("10.1.0.0/8 has bits beyond its prefix; the network is 10.0.0.0/8");
        assertThatThrownBy(() -> Prefix.parse("10.0.0.0/40"))
                .hasMessage("prefix length /40 of 10.0.0.0: must be 0 to 32");
    }

    @Test
    void shouldReadWhatAddressesAndThePlatformWrite() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            long sparse = random.nextLong() << random.nextInt(Long.SIZE);
            Address address = random.nextBoolean()
                    ? Address.ofIpv4(random.nextInt())
                    : new Address(0x2000_0000_0000_0000L | random.nextLong() >>> 4, sparse);
            byte[] bytes = ByteBuffer.allocate(16)
                    .putLong(address.high())
                    .putLong(address.low())
                    .array();

            assertThat(AddressText.parse(address.toString()))
                    .as("seed %d", seed)
                    .isEqualTo(address);
            assertThat(AddressText.parse(InetAddress.getByAddress(bytes).getHostAddress()))
                    .as("seed %d", seed)
                    .isEqualTo(address);
        }
        assertThat(AddressText.parse("::ffff:192.0.2.1")).isEqualTo(address("192.0.2.1"));
        assertThat(AddressText.parse("64:ff9b::192.0.2.1")).isEqualTo(address("64:ff9b::c000:201"));
    }
}
