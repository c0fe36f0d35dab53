package io.tripline.job.settings.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.intel.IntelCounts;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.intel.IntelList;
import io.tripline.rules.network.AddressText;
import io.tripline.schemas.Address;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lists may look like, what is counted as not understood, and how much memory entries take. */
class IntelReaderTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    private Path folder;

    private SettingsFile load(String format, String list) throws IOException {
        return load(format, list.getBytes(StandardCharsets.UTF_8));
    }

    private SettingsFile load(String format, byte[] list) throws IOException {
        Files.write(folder.resolve("list"), list);
        Path file = Files.writeString(
                folder.resolve("s.yaml"), "intel:\n- {file: list, name: feed, kind: c2, format: " + format + "}\n");
        return SettingsFile.read(file, TODAY);
    }

    private static IntelCounts counts(SettingsFile read) {
        assertThat(read.mistakes()).isEmpty();
        return read.intel().get(0);
    }

    private static String found(SettingsFile read, String address) {
        IntelIndex index = read.settings().intel();
        Address asked = Objects.requireNonNull(AddressText.parse(address));
        int entry = index.find(asked.high(), asked.low());
        return entry < 0 ? "none" : index.text(entry);
    }

    private static String foundDomain(SettingsFile read, String name) {
        IntelIndex index = read.settings().intel();
        int entry = index.findDomain(name);
        return entry < 0 ? "none" : index.text(entry);
    }

    @Test
    void shouldFindTheLongestNetworkAndTheDomainAround() throws IOException {
        SettingsFile read = load("plain", """
                # comment
                198.51.100.7
                198.51.100.0/24   ; another
                198.51.100.9/24
                2001:db8::/32
                evil.example
                *.Worse.Example.
                0.0.0.0 ads.example
                bücher.example
                """);

        assertThat(found(read, "198.51.100.7")).isEqualTo("198.51.100.7");
        assertThat(found(read, "198.51.100.8")).isEqualTo("198.51.100.0/24");
        assertThat(found(read, "198.51.101.8")).isEqualTo("none");
        assertThat(found(read, "2001:db8:1::1")).isEqualTo("2001:db8::/32");
        assertThat(found(read, "2001:db9::1")).isEqualTo("none");
        assertThat(foundDomain(read, "a.b.EVIL.example")).isEqualTo("evil.example");
        assertThat(foundDomain(read, "notevil.example")).isEqualTo("none");
        assertThat(foundDomain(read, "worse.example")).isEqualTo("worse.example");
        assertThat(foundDomain(read, "ads.example")).isEqualTo("ads.example");
        assertThat(foundDomain(read, "xn--bcher-kva.example")).isEqualTo("xn--bcher-kva.example");
        assertThat(foundDomain(read, "")).isEqualTo("none");
        assertThat(counts(read)).satisfies(counts -> {
            assertThat(counts.list()).isEqualTo(new IntelList("feed", "c2"));
            assertThat(counts.read()).isEqualTo(8);
            assertThat(counts.entries()).isEqualTo(7);
            assertThat(counts.duplicates()).isEqualTo(1);
            assertThat(counts.notUnderstood()).isEmpty();
        });
    }

    @Test
    void shouldCountWhatItDoesNotUnderstandByKindAndSayWhere() throws IOException {
        IntelCounts counts = counts(load("plain", """
                https://evil.example/x
                0.0.0.0/0
                com
                1.2.3.4/99
                1.2.3.4 and more
                d41d8cd98f00b204e9800998ecf8427e
                """));

        assertThat(counts.entries()).isZero();
        assertThat(counts.notUnderstood())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "url", 1L,
                        "network wider than /8", 1L,
                        "neither address nor domain", 2L,
                        "no network", 1L,
                        "several words", 1L));
        assertThat(counts.examples().get(0)).endsWith("list:1: url");
    }

    @Test
    void shouldReadTheColumnAskedForOfACsvFile() throws IOException {
        SettingsFile read = load("csv, column: dst_ip", """
                # made today
                # id,"dst_ip",port
                1,198.51.100.1,80
                2,"198.51.100.2",80
                3
                4,"198.51.100.3
                """);

        assertThat(counts(read).entries()).isEqualTo(2);
        assertThat(counts(read).notUnderstood()).containsOnlyKeys("row without the column", "quotes that do not end");
        assertThat(load("csv, column: nix", "id,ip\n1,198.51.100.1\n").mistakes())
                .singleElement()
                .asString()
                .contains(":2: intel[0].column: the first row of ", " has no column nix; name one that it has");
    }

    @Test
    void shouldReadAddressesAndDomainsOfAStixBundle() throws IOException {
        SettingsFile read = load("stix", """
                {"type": "bundle", "objects": [
                  {"type": "identity", "name": "x", "objects": [{"type": "indicator"}]},
                  {"type": "indicator", "pattern_type": "stix", "pattern": "[ipv4-addr:value = '198.51.100.1']"},
                  {"type": "indicator", "pattern": "[ipv6-addr:value='2001:db8::1'] OR [domain-name:value = 'evil.example' OR ipv4-addr:value = '203.0.113.0/24']"},
                  {"type": "indicator", "pattern": "[file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e']"},
                  {"type": "indicator", "pattern": "[url:value = 'http://a OR b/']"},
                  {"type": "indicator", "pattern": "[ipv4-addr:value = '1.1.1.1' AND domain-name:value = 'a.example']"},
                  {"type": "indicator", "pattern": "[ipv4-addr:value = '1.1.1.1'"},
                  {"type": "indicator", "revoked": true, "pattern": "[ipv4-addr:value = '1.1.1.1']"},
                  {"type": "indicator", "valid_until": "2026-01-01T00:00:00Z", "pattern": "[ipv4-addr:value = '1.1.1.1']"},
                  {"type": "indicator", "pattern_type": "yara", "pattern": "rule x {}"}
                ]}
                """);

        assertThat(counts(read).read()).isEqualTo(9);
        assertThat(counts(read).entries()).isEqualTo(4);
        assertThat(counts(read).notUnderstood())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "file", 1L,
                        "url", 1L,
                        "pattern of several conditions", 1L,
                        "pattern without end", 1L,
                        "revoked", 1L,
                        "no longer valid", 1L,
                        "pattern of another language", 1L));
        assertThat(found(read, "203.0.113.77")).isEqualTo("203.0.113.0/24");
        assertThat(found(read, "1.1.1.1")).isEqualTo("none");
    }

    @Test
    void shouldTellWhereABundleIsNoJson() throws IOException {
        assertThat(load("stix", "{\"objects\": [\n{\"type\": ]}").mistakes())
                .singleElement()
                .asString()
                .contains("s.yaml:2: intel[0].file: ", "list:2 is not valid JSON");
    }

    @Test
    void shouldTakeWhateverBytesAListHolds() throws IOException {
        long seed = Long.getLong("tripline.seed", System.nanoTime());
        Random random = new Random(seed);
        for (String format : new String[] {"plain", "csv", "stix"}) {
            for (int round = 0; round < 100; round++) {
                byte[] bytes = new byte[random.nextInt(20_000)];
                random.nextBytes(bytes);
                for (int i = 0; i < bytes.length; i += 7) {
                    bytes[i] = (byte) "\n,\"'[]{}:=# OR1.".charAt(random.nextInt(16));
                }
                SettingsFile read = load(format, bytes);
                assertThat(read.intel()).as("seed %d, round %d", seed, round).hasSize(1);
            }
        }
        assertThat(counts(load("plain", "x".repeat(5 << 20))).notUnderstood()).containsOnlyKeys("line too long");
    }

    @Test
    void shouldTakeLittleMemoryForAMillionEntries() {
        IntelIndex.Builder addresses = new IntelIndex.Builder();
        addresses.list(new IntelList("a", "c2"));
        IntelIndex.Builder domains = new IntelIndex.Builder();
        domains.list(new IntelList("d", "c2"));
        for (int i = 0; i < 1_000_000; i++) {
            addresses.add(Address.ofIpv4(i * 0x9e37_79b1), 32);
            domains.add(String.format(java.util.Locale.ROOT, "host%07d.example", i));
        }
        IntelIndex ofAddresses = addresses.build();
        IntelIndex ofDomains = domains.build();

        assertThat(ofAddresses.size()).isEqualTo(1_000_000);
        assertThat(ofDomains.size()).isEqualTo(1_000_000);
        assertThat(ofAddresses.bytes()).isBetween(10_000_000L, 22_000_000L);
        assertThat(ofDomains.bytes()).isBetween(10_000_000L, 38_000_000L);
        assertThat(ofDomains.findDomain("www.host0777777.example")).isPositive();
        assertThat(ofAddresses.find(0, Address.mapIpv4((int) (777 * 0x9e37_79b1L))))
                .isPositive();
    }
}
