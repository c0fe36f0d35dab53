package io.tripline.rules.incident;

import io.tripline.rules.network.Prefix;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a finding of one sort of rule has to say besides what all findings say. */
public interface Detail {
    /** Nothing. */
    None NONE = new None();

    /** Written before a detail, so that a reader knows which follows. Numbers are never reused. */
    int code();

    /** Writes it for a reader of the same version. */
    void write(DataOutput out) throws IOException;

    /** One that tells of a network whose hosts count together; the actor is its lowest address. */
    interface OfNetwork extends Detail {
        Prefix network();
    }

    /** One that tells whether packets came back to the actor, so that his address was not made up. */
    interface Answerable extends Detail {
        boolean answered();
    }

    /**
     * One sort of detail.
     *
     * @param code see {@link #code}
     * @param body reads what {@link #write} wrote, which the code stands before
     */
    record Kind(int code, Body body) {
        /** Reads a detail. */
        public interface Body {
            Detail read(DataInput in) throws IOException;
        }
    }

    /** Reads the details of all rules there are. */
    interface Reader {
        /**
         * Reads what {@link #write} wrote.
         *
         * @param code the detail's {@link #code}
         * @throws IOException if no detail has that code, or the bytes end early or hold what no detail can hold
         */
        Detail read(int code, DataInput in) throws IOException;
    }

    /** No detail, of which {@link #NONE} is the one. */
    record None() implements Detail {
        @Override
        public int code() {
            return 0;
        }

        @Override
        public void write(DataOutput out) {
            // There is nothing.
        }
    }
}
