package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.job.kafka.BrokerProbe.Answer;
import io.tripline.job.kafka.BrokerProbe.Offsets;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.Test;

/** What the broker says of partitions from which nothing comes. */
class BrokerProbeTest {
    private final BlockingQueue<Map<Integer, Offsets>> broker = new ArrayBlockingQueue<>(10);
    private final BlockingQueue<Thread> asking = new ArrayBlockingQueue<>(10);
    private final BrokerProbe probe = new BrokerProbe(partitions -> {
        try {
            asking.add(Thread.currentThread());
            return broker.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    });

    /** The first answer that there is. */
    private Answer answer(int partition, long position) throws InterruptedException {
        Answer answer = probe.of(partition, position);
        if (answer == Answer.NONE) {
            asking.take().join();
            answer = probe.of(partition, position);
        }
        return answer;
    }

    @Test
    void shouldNotKnowUntilTheBrokerAnswers() {
        assertThat(probe.of(0, 5)).isEqualTo(Answer.NONE);
    }

    @Test
    void shouldTellAPartitionThatIsReadFromOneThatHasMore() throws InterruptedException {
        broker.add(Map.of(0, new Offsets(0, 100)));

        assertThat(answer(0, 99)).isEqualTo(Answer.MORE);
        assertThat(answer(0, 100)).isEqualTo(Answer.READ);
    }

    @Test
    void shouldTakeAPartitionForReadWhoseRecordsWereAllDeletedMeanwhile() throws InterruptedException {
        broker.add(Map.of(0, new Offsets(100, 100)));

        assertThat(answer(0, 40)).isEqualTo(Answer.READ);
    }

    @Test
    void shouldTellOfTheOnePartitionWhoseLeaderIsAway() throws InterruptedException {
        probe.of(3, 0);
        broker.add(Map.of());

        assertThat(answer(3, 0)).isEqualTo(Answer.AWAY);
    }

    @Test
    void shouldTakeAFailureForABrokerThatIsAway() throws InterruptedException {
        BrokerProbe failing = new BrokerProbe(partitions -> {
            asking.add(Thread.currentThread());
            throw new IllegalStateException("no such provider");
        });
        failing.of(0, 0);
        asking.take().join();

        assertThat(failing.of(0, 0)).isEqualTo(Answer.AWAY);
    }

    /**
     * Threads of a pool that all tasks share do not know the classes of a job's own archive, so Kafka would not find
     * its providers.
     */
    @Test
    void shouldAskWithTheLoaderThatKnowsKafkasClassesWhereverItIsCalledFrom() throws InterruptedException {
        Thread task = new Thread(() -> probe.of(0, 0));
        task.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        task.start();
        task.join();

        Thread asked = asking.take();

        assertThat(asked.getContextClassLoader()).isSameAs(BrokerProbe.class.getClassLoader());
        assertThat(asked.isDaemon()).isTrue();
        broker.add(Map.of());
        asked.join();
    }
}
