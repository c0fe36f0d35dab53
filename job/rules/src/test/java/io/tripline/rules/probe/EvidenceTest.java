package io.tripline.rules.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.engine.Traffic;
import io.tripline.rules.incident.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EvidenceTest {
    private static final long SEED = 20_260_107;
    private static final String ACTOR = "192.168.1.66";

    @Test
    void shouldNotDependOnTheOrderOfContacts() throws IOException {
        List<Contact> contacts = contacts(60, 40);
        byte[] bytes = bytes(of(contacts));
        for (int run = 0; run < 5; run++) {
            Collections.shuffle(contacts, new Random(SEED + run));
            assertThat(bytes(of(contacts))).as("seed %d", SEED + run).isEqualTo(bytes);
        }
    }

    @Test
    void shouldCountOutcomesByPairAndByHost() {
        Evidence evidence = of(contacts(3, 40));
        assertThat(evidence.serviceOutcomes()).isEqualTo(new Finding.Outcomes(12, 48, 60));
        assertThat(evidence.hostOutcomes().open()).isEqualTo(3);
        assertThat(evidence.services().getCardinality()).isEqualTo(40);
        assertThat(evidence.frames()).hasSize(10).isSorted();
    }

    @Test
    void shouldStayWithinItsBounds() throws IOException {
        Evidence evidence = of(contacts(250, 60));
        assertThat(bytes(evidence)).hasSizeLessThan(100_000);
        assertThat(evidence.hostCount()).isEqualTo(250);
    }

    @Test
    void shouldComeBackFromStorage() throws IOException {
        Evidence evidence = of(contacts(70, 30));
        Evidence read = Evidence.read(new DataInputStream(new ByteArrayInputStream(bytes(evidence))));
        assertThat(bytes(read)).isEqualTo(bytes(evidence));
        assertThat(read.techniques()).isEqualTo(evidence.techniques());
    }

    /** Of ten ports of a host, one is open, four are closed, five silent. */
    private static List<Contact> contacts(int hosts, int ports) {
        Traffic traffic = new Traffic();
        for (int host = 1; host <= hosts; host++) {
            for (int port = 1; port <= ports; port++) {
                traffic.syn(ACTOR, "10.1.0." + host, port);
                if (port % 10 == 0) {
                    traffic.accepted();
                } else if (port % 10 < 5) {
                    traffic.refused();
                }
            }
        }
        List<Contact> contacts = new ArrayList<>();
        List<Activity> activities = new ArrayList<>();
        ActivityFold fold = new ActivityFold(activities::add);
        traffic.batches().forEach(fold::add);
        fold.flush();
        activities.forEach(activity -> activity.contacts().forEach(contacts::add));
        return contacts;
    }

    private static Evidence of(List<Contact> contacts) {
        Evidence evidence = new Evidence();
        contacts.forEach(evidence::add);
        return evidence;
    }

    private static byte[] bytes(Evidence evidence) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        evidence.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }
}
