package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.Dns;
import io.tripline.schemas.Neighbour;
import io.tripline.schemas.PacketBatch;
import io.tripline.schemas.PacketRecord;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches that decode well and that no sensor would write. */
class BatchCheckTest {
    private static final long NOW = Batches.APPENDED * 1_000;
    private static final long DAY = 86_400_000_000L;

    private static @Nullable String wrong(UnaryOperator<PacketBatch.Builder> change) {
        return BatchCheck.wrong(change.apply(Batches.batch()).build(), Batches.APPENDED);
    }

    private static @Nullable String wrongPacket(UnaryOperator<PacketRecord.Builder> change) {
        return wrong(
                batch -> batch.setRecords(List.of(change.apply(Batches.packet()).build())));
    }

    @Test
    void shouldPassWhatSensorsWrite() {
        assertThat(wrong(batch -> batch)).isNull();
        assertThat(wrongPacket(packet -> packet)).isNull();
        assertThat(wrong(batch -> batch.setSensor("gw-1/eth0").setSegment("Büro 2. Stock")))
                .isNull();
    }

    @Test
    void shouldPassCapturesOfAnyPast() {
        assertThat(wrong(batch -> batch.setTime(1_000_000).setNewest(1_500_000)))
                .isNull();
    }

    @Test
    void shouldRefuseTimesThatCannotBe() {
        assertThat(wrong(batch -> batch.setTime(-1).setNewest(-1))).isEqualTo("a time is before 1970");
        assertThat(wrong(batch -> batch.setTime(Long.MIN_VALUE).setNewest(Long.MAX_VALUE)))
                .isEqualTo("a time is before 1970");
        assertThat(wrong(batch -> batch.setTime(NOW + DAY + 1).setNewest(NOW + DAY + 1)))
                .isEqualTo("newest is more than a day ahead of the broker's clock");
        assertThat(wrong(batch -> batch.setTime(0))).isEqualTo("time and newest are more than an hour apart");
        assertThat(wrong(batch -> batch.setClockShift(Long.MIN_VALUE))).isEqualTo("a clock shift is out of range");
        assertThat(wrongPacket(packet -> packet.setTime(11_000_000)))
                .isEqualTo("a packet lies more than 10 s from its batch");
    }

    @Test
    void shouldRefuseNamesThatSteerATerminalOrHaveNoEnd() {
        for (String name : List.of("", "a\u001b[31m", "a\nb", "a\u202eb", "x".repeat(256))) {
            assertThat(wrong(batch -> batch.setSensor(name))).as(name).startsWith("sensor name");
        }
        assertThat(wrong(batch -> batch.setSegment("a\u0007"))).startsWith("segment name");
    }

    @Test
    void shouldRefuseCountsThatCannotBe() {
        assertThat(wrong(batch -> batch.setPackets(-1))).contains("count");
        assertThat(wrong(batch -> batch.setBytes(Long.MAX_VALUE))).contains("count");
        assertThat(wrong(batch -> batch.setDiscarded(-1))).contains("count");
    }

    @Test
    void shouldRefuseListsWithoutEnd() {
        assertThat(wrong(batch -> batch.setRecords(Collections.nCopies(
                        BatchCheck.ITEMS + 1, Batches.packet().build()))))
                .contains("more than 65536 records");
    }

    @Test
    void shouldRefuseHeaderFieldsThatCannotBe() {
        assertThat(wrongPacket(packet -> packet.setDestinationPort(65_536))).contains("header field");
        assertThat(wrongPacket(packet -> packet.setSourcePort(-1))).contains("header field");
        assertThat(wrongPacket(packet -> packet.setProtocol(257))).contains("header field");
        assertThat(wrongPacket(packet -> packet.setLength(-1))).contains("header field");
        assertThat(wrongPacket(packet -> packet.setArp(Neighbour.newBuilder()
                        .setOperation(1)
                        .setLinkSource(1L << 48)
                        .setSenderMac(0)
                        .setTargetMac(0)
                        .build())))
                .contains("ARP");
        assertThat(wrongPacket(packet -> packet.setDns(Dns.newBuilder()
                        .setResponse(false)
                        .setName("a".repeat(2_000))
                        .setType(1)
                        .setResponseCode(0)
                        .setAnswers(0)
                        .setSize(40)
                        .build())))
                .contains("DNS");
    }
}
