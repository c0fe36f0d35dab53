package io.tripline.rules.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.rules.JobSettings;
import io.tripline.rules.Rules;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Traffic;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.probe.hostsweep.HostSweep;
import io.tripline.rules.probe.portscan.PortScan;
import io.tripline.schemas.Address;
import io.tripline.schemas.PacketBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ActorRulesTest {
    private static final long SEED = 20_260_106;
    private static final String ACTOR = "192.168.1.66";

    @Test
    void shouldFindTheSameAfterStorageInTheMiddleOfIncidents() throws IOException {
        List<Finding> straight = play(false);
        assertThat(straight).hasSizeGreaterThan(4);
        assertThat(play(true)).isEqualTo(straight);
    }

    /** A scan and a sweep at once, stored and read back after each second or never. */
    private static List<Finding> play(boolean stored) throws IOException {
        Traffic traffic = new Traffic();
        for (int i = 1; i <= 150; i++) {
            traffic.at(i).syn(ACTOR, "192.168.1.10", i).refused();
            traffic.syn(ACTOR, "10.1.0." + i, 445);
            if (i % 7 == 0) {
                traffic.accepted().completed();
            }
        }
        ActorRules rules = Rules.aboutActors();
        List<Finding> findings = new ArrayList<>();
        ActorState state = new ActorState();
        for (PacketBatch batch : traffic.batches()) {
            List<Activity> activities = new ArrayList<>();
            ActivityFold fold = new ActivityFold(activities::add);
            fold.add(batch);
            fold.flush();
            activities.forEach(state::add);
            state = stored ? stored(rules, state) : state;
            rules.complete(state.next(), Traffic.address(ACTOR), state, findings::add);
            state = stored ? stored(rules, state) : state;
        }
        while (!rules.isIdle(state)) {
            rules.complete(state.next(), Traffic.address(ACTOR), state, findings::add);
            state = stored ? stored(rules, state) : state;
        }
        return findings;
    }

    private static ActorState stored(ActorRules rules, ActorState state) throws IOException {
        return rules.read(new DataInputStream(new ByteArrayInputStream(bytes(rules, state))));
    }

    private static byte[] bytes(ActorRules rules, ActorState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        rules.write(state, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void shouldRefuseDamagedStorage() throws IOException {
        ActorRules rules = Rules.aboutActors();
        ActorState state = busy(rules, 60);
        byte[] bytes = bytes(rules, state);
        Random random = new Random(SEED);
        int refused = 0;
        for (int run = 0; run < 3_000; run++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                rules.read(new DataInputStream(new ByteArrayInputStream(damaged)));
            } catch (IOException expected) {
                refused++;
            }
        }
        assertThat(refused).as("seed %d", SEED).isPositive();
    }

    @Test
    void shouldSkipWhatARuleRemembersThatIsGone() throws IOException {
        ActorRules rules = Rules.aboutActors();
        ActorState state = busy(rules, 60_000);
        for (String rule : List.of(PortScan.RULE, HostSweep.RULE)) {
            assertThat(state.kept(rule)).as(rule).isNotNull();
            List<ActorDetector<?>> others = new ArrayList<>(Rules.aboutActors(JobSettings.DEFAULT, DecisionTrace.NONE));
            others.removeIf(detector -> detector.rule().equals(rule));
            List<String> gone = new ArrayList<>();

            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes(rules, state)));
            ActorState read = new ActorRules(others).read(in, gone::add);

            assertThat(gone).containsExactly(rule);
            assertThat(in.available()).isZero();
            assertThat(read.kept(rule)).isNull();
            for (ActorDetector<?> other : others) {
                assertThat(read.kept(other.rule()) == null).isEqualTo(state.kept(other.rule()) == null);
            }
            assertThat(read.next()).isEqualTo(state.next());
        }
    }

    @Test
    void shouldStayBoundedForOneActorWithAMillionPairs() throws IOException {
        ActorRules rules = Rules.aboutActors();
        ActorState state = busy(rules, 1_000_000);
        assertThat(state.history.contacts().size()).isLessThanOrEqualTo(16_384);
        assertThat(bytes(rules, state)).hasSizeLessThan(3_000_000);
    }

    /** An actor that has tried so many pairs over ten seconds: 200 hosts, then more and more ports. */
    private static ActorState busy(ActorRules rules, int pairs) {
        ActorState state = new ActorState();
        List<Finding> findings = new ArrayList<>();
        ActivityFold fold = new ActivityFold(state::add);
        for (int second = 0; second < 10; second++) {
            Traffic traffic = new Traffic();
            for (int i = second * pairs / 10; i < (second + 1) * pairs / 10; i++) {
                traffic.at(second).syn(ACTOR, "10.1.0." + i % 200, i / 200);
            }
            traffic.batches().forEach(fold::add);
            fold.flush();
            rules.complete(state.next(), Traffic.address(ACTOR), state, findings::add);
        }
        return state;
    }

    @Test
    void shouldForgetASourceThatSentOneProbe() {
        ActorRules rules = Rules.aboutActors();
        ActorState state = new ActorState();
        ActivityFold fold = new ActivityFold(state::add);
        new Traffic().syn(ACTOR, "10.1.0.1", 80).batches().forEach(fold::add);
        fold.flush();
        Address actor = Traffic.address(ACTOR);
        long began = state.next();
        rules.complete(began, actor, state, finding -> {});
        assertThat(state.keepsNothing()).isTrue();
        while (!rules.isIdle(state)) {
            assertThat(state.next()).isLessThanOrEqualTo(began + ActorHistory.WINDOW_SECONDS);
            rules.complete(state.next(), actor, state, finding -> {});
        }
    }
}
