package io.tripline.rules.probe.slowscan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Address;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureRoomTest {
    private static final FailureLimits LIMITS = new FailureLimits(100, 200, 10_000);
    private static final long SECOND = 1_767_225_600;

    private static Address actor(int number) {
        return Address.ofIpv4(number);
    }

    /** Actors who failed once, one after the other. */
    private static FailureRoom after(int actors) {
        FailureRoom room = new FailureRoom(LIMITS);
        for (int i = 0; i < actors; i++) {
            if (room.mayBegin(actor(i), SECOND)) {
                room.resized(0, 1);
            }
        }
        return room;
    }

    @Test
    void shouldRememberFirstFailuresWhileThereIsRoom() {
        FailureRoom room = after(100);
        assertThat(room.kept()).isEqualTo(100);
        assertThat(room.notKept()).isZero();

        assertThat(room.mayBegin(actor(100), SECOND)).isFalse();
        assertThat(room.notKept()).isEqualTo(1);
    }

    @Test
    void shouldRememberAnActorFromItsSecondFailureOnWhereTheFirstFoundNoRoom() {
        FailureRoom room = after(5_000);

        assertThat(room.mayBegin(actor(4_999), SECOND + 60)).isTrue();
        assertThat(room.mayBegin(actor(77_777), SECOND + 60)).isFalse();
        assertThat(room.mayBegin(actor(77_777), SECOND + 120)).isTrue();
    }

    @Test
    void shouldKeepItsBoundAgainstActorsThatFailTwice() {
        FailureRoom room = after(5_000);
        for (int i = 0; i < 5_000; i++) {
            if (room.mayBegin(actor(i), SECOND)) {
                room.resized(0, 1);
            }
        }
        assertThat(room.kept()).isEqualTo(150);
    }

    @Test
    void shouldLetOnlyThoseGrowThatHaveMoreThanMost() {
        FailureRoom room = new FailureRoom(LIMITS);
        room.resized(0, 16);
        assertThat(room.isShort()).isFalse();
        for (int i = 0; i < 92; i++) {
            assertThat(room.mayGrow(1)).isTrue();
            room.resized(0, 2);
        }
        assertThat(room.isShort()).isTrue();

        assertThat(room.mayGrow(1)).isFalse();
        assertThat(room.mayGrow(2)).isFalse();
        assertThat(room.mayGrow(16)).isTrue();
    }

    @Test
    void shouldForgetThoseWithFewestUntilHalfOfTheRoomIsFree() {
        FailureRoom room = new FailureRoom(LIMITS);
        room.resized(0, 16);
        for (int i = 0; i < 90; i++) {
            room.resized(0, 2);
        }
        assertThat(room.mustGo(16)).isFalse();
        int left = 90;
        while (room.mustGo(2)) {
            room.resized(2, 0);
            left--;
        }
        assertThat(16 + 2 * left).isBetween(100, 150);
        assertThat(room.evicted()).isEqualTo(90 - left);
    }

    @Test
    void shouldGoOnAsItWasFromWhatWasStored() throws IOException {
        FailureRoom room = after(5_000);
        room.resized(0, 5);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        room.write(new DataOutputStream(bytes));

        FailureRoom again =
                FailureRoom.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), LIMITS);

        assertThat(again.kept()).isEqualTo(105);
        assertThat(again.mayBegin(actor(4_000), SECOND)).isTrue();
        assertThat(again.mayBegin(actor(9_000), SECOND)).isFalse();
    }

    @Test
    void shouldStoreARoomForEachGroupOfActorsAndReadItsOwn() throws IOException {
        FailureRooms all = new FailureRooms(LIMITS, actor -> (int) actor.low() & 3, 0, 4);
        for (int i = 0; i < 400; i++) {
            FailureRoom room = all.of(actor(i));
            if (room.mayBegin(actor(i), SECOND)) {
                room.resized(0, 1);
            }
        }
        assertThat(all.kept()).isEqualTo(100);
        assertThat(all.notKept()).isEqualTo(300);

        FailureRooms half = new FailureRooms(LIMITS, actor -> (int) actor.low() & 3, 2, 2);
        for (int group = 0; group < 4; group++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            all.write(group, new DataOutputStream(bytes));
            half.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        }
        assertThat(half.kept()).isEqualTo(50);
        assertThat(half.of(actor(398)).mayBegin(actor(398), SECOND)).isTrue();
    }

    @Test
    void shouldKnowWhoFailedLatelyAndHardlyEverAnybodyElse() {
        FailedOnce once = new FailedOnce();
        int capacity = 50_000;
        for (int i = 0; i < 10 * capacity; i++) {
            once.add(actor(i), SECOND + i / 1_000, capacity);
        }
        for (int i = 9 * capacity; i < 10 * capacity; i++) {
            assertThat(once.contains(actor(i))).isTrue();
        }
        int mistaken = 0;
        for (int i = 20 * capacity; i < 22 * capacity; i++) {
            mistaken += once.contains(actor(i)) ? 1 : 0;
        }
        assertThat(mistaken).isLessThan(100);
    }

    @Test
    void shouldForgetWhoFailedOnceAfterTwoHours() {
        FailedOnce once = new FailedOnce();
        once.add(actor(1), SECOND, 1_000);
        once.add(actor(2), SECOND + 3_600, 1_000);
        assertThat(once.contains(actor(1))).isTrue();

        once.add(actor(3), SECOND + 7_200, 1_000);
        assertThat(once.contains(actor(1))).isFalse();
        assertThat(once.contains(actor(2))).isTrue();

        once.add(actor(4), SECOND + 20_000, 1_000);
        assertThat(once.contains(actor(3))).isFalse();
    }
}
