package io.tripline.job.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tripline.schemas.PacketBatch;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Schemas that somebody published to do harm. */
class WriterSchemaTest {
    private static boolean isHarmless(String json) {
        return WriterSchema.isHarmless(new Schema.Parser().parse(json));
    }

    @Test
    void shouldPassOurs() {
        assertThat(WriterSchema.isHarmless(PacketBatch.getClassSchema())).isTrue();
    }

    /** A billion items of no bytes fit into six. */
    @Test
    void shouldRefuseListsOfNothing() {
        assertThat(isHarmless("{\"type\":\"array\",\"items\":\"null\"}")).isFalse();
        assertThat(isHarmless("{\"type\":\"array\",\"items\":{\"type\":\"record\",\"name\":\"Empty\",\"fields\":[]}}"))
                .isFalse();
    }

    @Test
    void shouldRefuseTypesInsideThemselves() {
        assertThat(
                        isHarmless(
                                "{\"type\":\"record\",\"name\":\"Chain\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Chain\"]}]}"))
                .isFalse();
    }

    @Test
    void shouldRefuseTypesThatDoubleAtEachLevel() {
        StringBuilder json = new StringBuilder("\"int\"");
        for (int level = 0; level < 40; level++) {
            json = new StringBuilder("{\"type\":\"record\",\"name\":\"L" + level
                    + "\",\"fields\":[{\"name\":\"a\",\"type\":" + json + "},{\"name\":\"b\",\"type\":"
                    + (level == 0 ? "\"int\"" : "\"L" + (level - 1) + "\"") + "}]}");
        }

        assertThat(isHarmless(json.toString())).isFalse();
    }
}
