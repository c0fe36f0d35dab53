package io.tripline.rules.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Address;
import io.tripline.schemas.IpProtocol;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ActivityFoldTest {
    private static final long SEED = 20_260_105;
    private static final long START = 1_767_225_600_000_000L;

    private final List<Activity> folded = new ArrayList<>();
    private final ActivityFold fold = new ActivityFold(folded::add);

    @Test
    void shouldMakeOneActivityOfAnActorsSecond() {
        fold.add(batch(List.of(probe(1, 9, 80, 0), probe(1, 9, 81, 10), probe(1, 8, 80, 20), probe(2, 9, 80, 30))));
        fold.flush();
        assertThat(folded).hasSize(2);
        assertThat(folded.get(0).contacts().size()).isEqualTo(3);
        assertThat(folded.get(0).sensors().bySensor()).containsEntry("s1", 3L);
    }

    @Test
    void shouldFoldAnAnswerIntoTheProbersActivity() {
        PacketRecord answer = probe(9, 1, 80, 5);
        answer.setSourcePort(80);
        answer.setFromInitiator(false);
        answer.setRole(Role.ANSWER);
        answer.setOutcome(Outcome.CLOSED);
        fold.add(batch(List.of(probe(1, 9, 80, 0), answer)));
        fold.flush();
        assertThat(folded)
                .singleElement()
                .satisfies(activity -> activity.contacts()
                        .forEach(contact -> assertThat(contact.has(Contact.CLOSED) && contact.has(Contact.ANSWERED))
                                .isTrue()));
    }

    @Test
    void shouldGiveTheSameWholeHoweverItIsSplitAndMerged() {
        Random random = new Random(SEED);
        List<PacketRecord> packets = new ArrayList<>();
        for (int i = 0; i < 30_000; i++) {
            packets.add(probe(random.nextInt(3), random.nextInt(40), random.nextInt(2_000), i * 100L));
        }
        String whole = text(play(List.of(packets)));
        for (int run = 0; run < 5; run++) {
            List<List<PacketRecord>> parts = new ArrayList<>();
            for (int from = 0; from < packets.size(); ) {
                int to = Math.min(packets.size(), from + 1 + random.nextInt(8_000));
                parts.add(packets.subList(from, to));
                from = to;
            }
            Collections.shuffle(parts, random);
            assertThat(text(play(parts))).as("seed %d, run %d", SEED, run).isEqualTo(whole);
        }
    }

    @Test
    void shouldFollowTheFirstOfManySingleProbesAndCountTheOthers() {
        for (int actor = 0; actor < 200_000; actor++) {
            fold.add(batch(List.of(probe(1_000 + actor, 9, 80, 0))));
        }
        fold.add(batch(List.of(probe(1, 9, 80, 1), probe(1, 9, 81, 1), probe(1, 9, 82, 1), probe(1, 9, 83, 1))));
        fold.flush();
        assertThat(folded).hasSize(ActivityFold.FOLLOWED + 1);
        assertThat(fold.notFollowed()).isEqualTo(200_000 - ActivityFold.FOLLOWED);
        assertThat(folded.get(folded.size() - 1).actor()).isEqualTo(Address.ofIpv4(1));
        fold.add(batch(List.of(probe(2, 9, 80, 1_000_000))));
        fold.flush();
        assertThat(folded.get(folded.size() - 1).actor()).isEqualTo(Address.ofIpv4(2));
    }

    @Test
    void shouldNotGetMoreRoomByGoingBackAndForthInTime() {
        for (int actor = 0; actor < 40_000; actor++) {
            fold.add(batch(List.of(probe(1_000 + actor, 9, 80, actor % 2 * 1_000_000L))));
        }
        fold.flush();
        assertThat(folded).hasSizeLessThanOrEqualTo(2 * ActivityFold.FOLLOWED);
    }

    @Test
    void shouldTellTracerouteAndStackProbes() {
        PacketRecord trace = probe(1, 9, 33_450, 0);
        trace.setProtocol(IpProtocol.UDP);
        trace.setTechnique(Technique.UDP);
        trace.setTtl(7);
        PacketRecord syn = probe(2, 9, 80, 0);
        syn.setTcpOptions(1 | 2 | 4 | 16);
        fold.add(batch(List.of(trace, syn)));
        fold.flush();
        folded.get(0)
                .contacts()
                .forEach(contact -> assertThat(contact.has(Contact.HOP_LIMITED)).isTrue());
        folded.get(1)
                .contacts()
                .forEach(contact -> assertThat(contact.stackProbes()).isEqualTo(1));
    }

    private static SortedMap<String, Activity> play(List<List<PacketRecord>> parts) {
        SortedMap<String, Activity> merged = new TreeMap<>();
        for (List<PacketRecord> part : parts) {
            ActivityFold fold = new ActivityFold(
                    activity -> merged.merge(activity.actor() + " " + activity.second(), activity, (known, more) -> {
                        known.merge(more);
                        return known;
                    }));
            fold.add(batch(part));
            fold.flush();
        }
        return merged;
    }

    private static String text(SortedMap<String, Activity> activities) {
        TreeSet<String> lines = new TreeSet<>();
        activities.forEach((key, activity) -> {
            lines.add(key + " " + activity.sensors().bySensor() + " "
                    + activity.contacts().level());
            activity.contacts()
                    .forEach(contact ->
                            lines.add(key + " " + contact.target() + " " + contact.service() + " " + contact.probes()
                                    + " " + contact.first() + " " + contact.last() + " " + contact.weight()));
        });
        return String.join("\n", lines);
    }

    private static PacketRecord probe(int from, int to, int port, long time) {
        PacketRecord packet = new PacketRecord();
        packet.setTime(time);
        packet.setSourceLow(Address.mapIpv4(from));
        packet.setDestinationLow(Address.mapIpv4(to));
        packet.setProtocol(IpProtocol.TCP);
        packet.setDestinationPort(port);
        packet.setLength(60);
        packet.setRole(Role.FIRST);
        packet.setFromInitiator(true);
        packet.setTechnique(Technique.SYN);
        packet.setOutcome(Outcome.NONE);
        return packet;
    }

    private static PacketBatch batch(List<PacketRecord> records) {
        PacketBatch batch = new PacketBatch();
        batch.setSensor("s1");
        batch.setTime(START);
        batch.setAnswersVisible(true);
        batch.setRecords(records);
        batch.setVolumes(List.of());
        return batch;
    }
}
