package io.tripline.rules.sensor;

import io.tripline.rules.engine.SecondFold;
import io.tripline.schemas.PacketBatch;
import java.util.function.Consumer;

/** Folds what batches say of their sensors: a few additions a batch. */
public final class SensorFold extends SecondFold<String, SensorSecond> {
    private static final int SENSORS = 4_096;

    public SensorFold(Consumer<? super SensorSecond> parts) {
        super(parts, SENSORS);
    }

    @Override
    protected SensorSecond newPart(String sensor, long inSecond) {
        return new SensorSecond(sensor, inSecond);
    }

    @Override
    public void add(PacketBatch batch) {
        part(batch.getSensor(), batch.getTime()).add(batch);
    }
}
