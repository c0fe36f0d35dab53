package io.tripline.rules.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tripline.rules.alert.FindingBuilder;
import io.tripline.rules.codec.Codec;
import io.tripline.rules.incident.Finding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract finds each fault that a detector may have, and none in one that has none. */
class DetectorContractTest {
    private static final long SEED = 20_261_130;
    private static final Codec<Knocks> KNOCKS =
            Codec.of("knocks", 1, Knocks.class, Knocks::write, in -> new Knocks(in.readLong(), in.readInt()));

    /** How often somebody knocked in a second. */
    private static final class Knocks implements Part<String, Knocks> {
        private final long second;
        private int count;

        Knocks(long second, int count) {
            this.second = second;
            this.count = count;
        }

        @Override
        public String subject() {
            return "door";
        }

        @Override
        public long second() {
            return second;
        }

        @Override
        public String sensor() {
            return "";
        }

        @Override
        public void merge(Knocks other) {
            count += other.count;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(second);
            out.writeInt(count);
        }
    }

    private static final class Total {
        private int knocks;
        private long last;
    }

    /** Tells each time that ten more were counted, and forgets after a minute of silence. */
    private static class Doorman implements SubjectDetector<String, Knocks, Total> {
        @Override
        public Total newState() {
            return new Total();
        }

        @Override
        public void complete(
                long second, String subject, @Nullable Knocks part, Total state, Consumer<Finding> findings) {
            if (part == null) {
                state.knocks = 0;
                return;
            }
            int before = state.knocks / 10;
            state.knocks += part.count;
            state.last = second;
            if (state.knocks / 10 > before) {
                findings.accept(FindingBuilder.portScan(state.knocks).build());
            }
        }

        @Override
        public long wakeUp(Total state) {
            return state.last + 60;
        }

        @Override
        public boolean isIdle(Total state) {
            return state.knocks == 0;
        }

        @Override
        public void write(Total state, DataOutput out) throws IOException {
            out.writeInt(state.knocks);
            out.writeLong(state.last);
        }

        @Override
        public Total read(DataInput in) throws IOException {
            Total state = new Total();
            state.knocks = in.readInt();
            state.last = in.readLong();
            return state;
        }
    }

    private static List<Finding> check(Doorman detector) {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            parts.add(DetectorContract.bytes(KNOCKS, new Knocks(1_000 + i / 4, 1 + i % 3)));
        }
        Hosted<String, Knocks, SubjectState<Knocks, Total>> rules = Hosted.of(detector, finding -> true);
        return new DetectorContract<>(() -> rules, KNOCKS, SubjectState.codec("door", 1, detector, KNOCKS))
                .check(parts, SEED)
                .getOrDefault("door", List.of());
    }

    private static void checkFound(Doorman detector, String what) {
        assertThatThrownBy(() -> check(detector))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(what);
    }

    @Test
    void shouldFindNothingWrongWithADetectorThatKeepsToIt() {
        assertThat(check(new Doorman())).hasSize(19);
    }

    @Test
    void shouldFindThatADetectorNeverForgets() {
        checkFound(
                new Doorman() {
                    @Override
                    public long wakeUp(Total state) {
                        return Long.MAX_VALUE;
                    }
                },
                "idle at the end");
    }

    @Test
    void shouldFindThatADetectorAsksForEver() {
        checkFound(
                new Doorman() {
                    @Override
                    public boolean isIdle(Total state) {
                        return false;
                    }

                    @Override
                    public long wakeUp(Total state) {
                        return 0;
                    }
                },
                "asks for no second at the end");
    }

    @Test
    void shouldFindThatAStateLosesSomethingInStorage() {
        checkFound(
                new Doorman() {
                    @Override
                    public Total read(DataInput in) throws IOException {
                        Total state = super.read(in);
                        state.knocks -= state.knocks % 10 == 9 ? 1 : 0;
                        return state;
                    }
                },
                "state survives write and read");
    }

    @Test
    void shouldFindThatAStateWritesMoreThanItReads() {
        checkFound(
                new Doorman() {
                    @Override
                    public void write(Total state, DataOutput out) throws IOException {
                        super.write(state, out);
                        out.writeBoolean(true);
                    }
                },
                "bytes of door that nobody reads");
    }

    @Test
    void shouldFindThatADetectorRemembersOutsideItsState() {
        checkFound(
                new Doorman() {
                    private int told;

                    @Override
                    public void complete(
                            long second,
                            String subject,
                            @Nullable Knocks part,
                            Total state,
                            Consumer<Finding> findings) {
                        super.complete(second, subject, part, state, finding -> {
                            if (told++ < 5) {
                                findings.accept(finding);
                            }
                        });
                    }
                },
                "the same again on a second run");
    }

    /** Parts that keep of two seconds' halves the one that came later. */
    private static final class Latest implements Part<String, Latest> {
        private static final Codec<Latest> CODEC =
                Codec.of("latest", 1, Latest.class, Latest::write, in -> new Latest(in.readLong(), in.readInt()));

        private final long second;
        private int count;

        Latest(long second, int count) {
            this.second = second;
            this.count = count;
        }

        @Override
        public String subject() {
            return "door";
        }

        @Override
        public long second() {
            return second;
        }

        @Override
        public String sensor() {
            return "";
        }

        @Override
        public void merge(Latest other) {
            count = other.count;
        }

        @Override
        public void write(DataOutput out) throws IOException {
            out.writeLong(second);
            out.writeInt(count);
        }
    }

    private static final class Pending extends PendingSeconds<Latest> {
        @Override
        public long next() {
            return firstPending();
        }
    }

    @Test
    void shouldFindThatTheOrderOfPartsCounts() {
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            parts.add(DetectorContract.bytes(Latest.CODEC, new Latest(1_000 + i / 4, i)));
        }
        Hosted<String, Latest, Pending> rules = new Hosted<>() {
            @Override
            public Pending newState() {
                return new Pending();
            }

            @Override
            public void complete(long second, String subject, Pending state, Consumer<Finding> findings) {
                Latest part = state.take(second);
                if (part != null) {
                    findings.accept(FindingBuilder.portScan(part.count).build());
                }
            }

            @Override
            public boolean isIdle(Pending state) {
                return state.isNothingPending();
            }
        };
        Codec<Pending> states = Codec.of("pending", 1, Pending.class, PendingSeconds::writePending, in -> {
            Pending state = new Pending();
            state.readPending(Latest.CODEC::read, in);
            return state;
        });

        assertThatThrownBy(() -> new DetectorContract<>(() -> rules, Latest.CODEC, states).check(parts, SEED))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("order of parts");
    }
}
