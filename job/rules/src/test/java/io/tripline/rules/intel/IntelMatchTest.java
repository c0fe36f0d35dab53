package io.tripline.rules.intel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.Rules;
import io.tripline.rules.alert.AlertAssembler;
import io.tripline.rules.alert.Severity;
import io.tripline.rules.alert.Zones;
import io.tripline.rules.engine.LocalHost;
import io.tripline.rules.engine.TestHosts;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.incident.Finding;
import io.tripline.schemas.PacketBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntelMatchTest {
    private static final String LISTED = "198.51.100.7";
    private static final String HOST = "192.168.1.10";

    private static IntelIndex index() {
        IntelIndex.Builder index = new IntelIndex.Builder();
        index.list(new IntelList("feed", "c2"));
        index.add(Traffic.address(LISTED), 32);
        return index.build();
    }

    /** All findings; asserts that nothing is left behind. */
    private static List<Finding> findings(IntelMatch.Settings settings, List<PacketBatch> batches, boolean bySingles) {
        List<Finding> findings = new ArrayList<>();
        LocalHost<IntelKey, IntelContact, ?> contacts = TestHosts.of(new IntelMatch(settings), findings::add);
        IntelFold fold = new IntelFold(index(), contacts::add);
        for (PacketBatch batch : batches) {
            fold.add(batch);
            if (bySingles) {
                fold.flush();
            }
        }
        fold.flush();
        TestHosts.end(contacts);
        return findings;
    }

    private static Finding closed(Traffic traffic) {
        List<Finding> findings = findings(IntelMatch.Settings.DEFAULT, traffic.batches(), false);
        assertThat(findings(IntelMatch.Settings.DEFAULT, traffic.batches(), true))
                .isEqualTo(findings);
        return findings.stream()
                .filter(finding -> finding.stage() == Finding.Stage.CLOSED)
                .reduce((one, other) -> {
                    throw new AssertionError("there are two incidents");
                })
                .orElseThrow();
    }

    private static Severity severity(Finding finding) {
        return new AlertAssembler(Zones.DEFAULT, Rules.CATALOGUE)
                .assemble(finding)
                .severity();
    }

    @Test
    void shouldBeHighWhereAHostReachedAListedAddress() {
        Finding finding = closed(new Traffic().syn(HOST, LISTED, 443).accepted().completed());

        assertThat(finding.actor()).hasToString(HOST);
        assertThat(finding.detail()).isInstanceOfSatisfying(IntelEvidence.class, evidence -> {
            assertThat(evidence.established()).isTrue();
            assertThat(evidence.subject().entry()).isEqualTo(LISTED);
            assertThat(evidence.tries()).isEqualTo(1);
        });
        assertThat(severity(finding)).isEqualTo(Severity.HIGH);
    }

    @Test
    void shouldBeMediumWhereAHostTriedAndWasRefused() {
        assertThat(severity(closed(new Traffic().syn(HOST, LISTED, 443).refused())))
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void shouldBeOneLowIncidentWhereAListedAddressKnocksAtManyDoors() {
        Traffic traffic = new Traffic();
        for (int host = 1; host <= 100; host++) {
            traffic.after(0.1).syn(LISTED, "192.168.1." + host, 22).refused();
        }
        Finding finding = closed(traffic);

        assertThat(finding.actor()).hasToString(LISTED);
        assertThat(finding.hosts()).isEqualTo(IntelContact.PEERS);
        assertThat(finding.approximate()).isTrue();
        assertThat(severity(finding)).isEqualTo(Severity.LOW);
    }

    @Test
    void shouldBeMediumWhereAListedAddressWasAnswered() {
        assertThat(severity(
                        closed(new Traffic().syn(LISTED, HOST, 22).accepted().completed())))
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void shouldSayNothingOfWhatIsNotListed() {
        Traffic traffic =
                new Traffic().syn(HOST, "198.51.100.8", 443).accepted().completed();

        assertThat(findings(IntelMatch.Settings.DEFAULT, traffic.batches(), false))
                .isEmpty();
    }

    @Test
    void shouldWaitForAsManyPacketsAsAreSetAndForgetFewer() {
        Traffic traffic = new Traffic().syn(HOST, LISTED, 443).refused();
        IntelMatch.Settings settings = new IntelMatch.Settings(10, Duration.ofSeconds(30));

        assertThat(findings(settings, traffic.batches(), false)).isEmpty();
    }
}
