package io.tripline.rules.incident;

import io.tripline.rules.codec.Stored;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * By how much the clocks of those who saw an actor were shifted, and since when: a clock that is set back makes the shift larger from one second
 * to the next, and what was seen before keeps the time that people read then. At most {@link #STEPS} steps are kept, the latest.
 */
public final class ClockShifts {
    static final int STEPS = 8;

    /** From this second of stream time on, so many microseconds. */
    private record Step(long second, long shift) {}

    private final List<Step> steps = new ArrayList<>();

    /** Notes the shift of a second; seconds come in order. */
    public void note(long second, long shift) {
        if (steps.isEmpty() || shift > steps.get(steps.size() - 1).shift) {
            if (steps.size() == STEPS) {
                steps.remove(0);
            }
            steps.add(new Step(second, shift));
        }
    }

    /** The shift that held in a second, as far back as it is known; 0 where nothing is. */
    public long at(long second) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (i == 0 || steps.get(i).second <= second) {
                return steps.get(i).shift;
            }
        }
        return 0;
    }

    public void clear() {
        steps.clear();
    }

    public void write(DataOutput out) throws IOException {
        out.writeInt(steps.size());
        for (Step step : steps) {
            out.writeLong(step.second);
            out.writeLong(step.shift);
        }
    }

    public static ClockShifts read(DataInput in) throws IOException {
        ClockShifts shifts = new ClockShifts();
        for (int i = Stored.readSize(in, STEPS, "clock shifts"); i > 0; i--) {
            shifts.steps.add(new Step(in.readLong(), in.readLong()));
        }
        return shifts;
    }
}
