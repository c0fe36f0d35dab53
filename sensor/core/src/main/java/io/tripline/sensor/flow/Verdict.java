package io.tripline.sensor.flow;

import io.tripline.schemas.Conversation;
import io.tripline.schemas.Echo;
import io.tripline.schemas.Outcome;
import io.tripline.schemas.Role;
import io.tripline.schemas.Technique;
import org.jspecify.annotations.Nullable;

/** What the current packet is to its conversation. Reused from packet to packet. */
final class Verdict {
    Role role = Role.OTHER;
    boolean fromInitiator = true;
    Technique technique = Technique.NONE;
    Outcome outcome = Outcome.NONE;
    int indicators;

    /** Whether it is the first by which its conversation ends. */
    boolean closesFirst;

    /** Whether the packet gets a record of its own. */
    boolean record;

    @Nullable
    Conversation about;

    /** What an echo carries. */
    @Nullable
    Echo echo;

    /** Entropy of a conversation's first payload, thousandths of a bit per byte; -1 where it was not taken. */
    int entropy = -1;

    void reset() {
        role = Role.OTHER;
        fromInitiator = true;
        technique = Technique.NONE;
        outcome = Outcome.NONE;
        indicators = 0;
        closesFirst = false;
        record = false;
        about = null;
        echo = null;
        entropy = -1;
    }

    void is(Role packetRole, boolean byInitiator, Technique packetTechnique, Outcome packetOutcome) {
        role = packetRole;
        fromInitiator = byInitiator;
        technique = packetTechnique;
        outcome = packetOutcome;
        record = true;
    }
}
