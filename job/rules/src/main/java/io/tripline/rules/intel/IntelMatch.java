package io.tripline.rules.intel;

import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.SubjectDetector;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.probe.ActorHistory;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Contact with an address or domain that is on a list of the user's (ATT&amp;CK T1071 from inside, T1595 from outside).
 *
 * <p>Method. Exact address, the longest listed network, or the listed domain in which a name lies that DNS is asked for. What is listed is taken at
 * its word; what the rule adds is what came of it: who began, whether the other end answered, how much passed either way. A host of one's own that
 * reached something listed is worth a person's time; a listed address that knocks and gets no answer is the Internet's daily noise. One incident
 * for who began and entry: a listed scanner that tries 254 hosts is one.
 *
 * <p>Cost: constant for each second of each contact. Memory: at most 8 KB for who began and entry, of an ordinary contact about 1 KB, forgotten
 * after {@code quietAfter}.
 *
 * <p>Cannot see: what is not listed; a domain behind encrypted DNS or asked for before; a listed address behind a proxy; which of many sites at a shared
 * address was meant.
 *
 * <p>Sources: OASIS, STIX 2.1; RFC 1035 on names.
 */
public final class IntelMatch implements SubjectDetector<IntelKey, IntelContact, IntelMatch.State> {
    public static final String RULE = "intel-match";

    /** Uid of the operator that hosts it. */
    public static final String UID = "intel-rules";

    /**
     * Thresholds.
     *
     * @param packets this many packets, or questions and answers for a domain, are not yet a contact
     * @param quietAfter an incident is over after so long without a packet, 1 s to 1 day
     */
    public record Settings(int packets, Duration quietAfter) implements Serializable {
        public static final Settings DEFAULT = new Settings(0, Duration.ofMinutes(5));

        public Settings {
            Thresholds.check()
                    .between("packets", packets, 0, 1_000_000)
                    .between("quietAfter", quietAfter, Duration.ofSeconds(1), Duration.ofDays(1))
                    .end();
        }
    }

    /** What passed between one actor and one entry since it was quiet. */
    public static final class State {
        private @Nullable Episode episode;
        private @Nullable IntelContact sum;
    }

    private final Settings settings;
    private final Decision decision;

    public IntelMatch(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    /** The rule with these thresholds; each test is told to a trace. */
    public IntelMatch(Settings settings, DecisionTrace trace) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
    }

    @Override
    public State newState() {
        return new State();
    }

    @Override
    public void complete(
            long second, IntelKey subject, @Nullable IntelContact part, State state, Consumer<Finding> findings) {
        IntelContact sum = state.sum;
        if (part != null) {
            sum = add(part, state);
        }
        if (sum == null) {
            return;
        }
        Episode episode = state.episode;
        if (episode == null && part != null) {
            long packets = sum.packetsOut() + sum.packetsIn();
            if (decision.about(subject, second).passes(IntelTestId.PACKETS, packets, settings.packets())) {
                episode = open(second, subject, sum);
                state.episode = episode;
            }
        }
        Stage stage = episode == null ? null : episode.due(second);
        if (episode != null && stage != null) {
            findings.accept(finding(episode, stage, second, subject, sum));
        }
        if (stage == Stage.CLOSED || (episode == null && second >= forgetAt(sum))) {
            state.episode = null;
            state.sum = null;
        }
    }

    private static IntelContact add(IntelContact part, State state) {
        IntelContact sum = state.sum;
        if (sum == null) {
            sum = new IntelContact(part.subject(), part.second());
            state.sum = sum;
        }
        sum.merge(part);
        if (state.episode != null) {
            add(part, state.episode);
        }
        return sum;
    }

    private static void add(IntelContact part, Episode episode) {
        episode.add(part.first(), part.last(), part.packetsOut() + part.packetsIn(), part.bytesOut() + part.bytesIn());
        episode.seenBy(part.sensors(), part.clockShift());
        part.frames().forEach(episode::frame);
    }

    private Episode open(long second, IntelKey subject, IntelContact sum) {
        String scope = subject.entry() + (subject.begunByListed() ? " (began)" : "");
        Episode episode = new Episode(scope, second, (int) settings.quietAfter().toSeconds());
        add(sum, episode);
        return episode;
    }

    private Finding finding(Episode episode, Stage stage, long second, IntelKey subject, IntelContact sum) {
        RoaringBitmap services = new RoaringBitmap();
        sum.services().forEach(services::add);
        episode.becauseAtLeast(
                Reason.of(IntelTestId.PACKETS, "", sum.packetsOut() + sum.packetsIn(), settings.packets()));
        return episode.draft(stage, RULE, subject.actor(), second)
                .targets(sum.peers().size(), sum.peers())
                .services(services)
                .outcomes(new Finding.Outcomes(sum.answers(), sum.refusals(), 0))
                .approximate(sum.peers().size() == IntelContact.PEERS)
                .detail(new IntelEvidence(
                        subject,
                        sum.tries(),
                        sum.answers(),
                        sum.packetsOut(),
                        sum.bytesOut(),
                        sum.packetsIn(),
                        sum.bytesIn(),
                        List.copyOf(sum.names())))
                .finding();
    }

    private long forgetAt(IntelContact sum) {
        return ActorHistory.secondOf(sum.last()) + settings.quietAfter().toSeconds();
    }

    @Override
    public long wakeUp(State state) {
        if (state.episode != null) {
            return state.episode.wakeUp();
        }
        return state.sum == null ? Long.MAX_VALUE : forgetAt(state.sum);
    }

    @Override
    public boolean isIdle(State state) {
        return state.sum == null;
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        out.writeBoolean(state.episode != null);
        if (state.episode != null) {
            state.episode.write(out);
        }
        out.writeBoolean(state.sum != null);
        if (state.sum != null) {
            state.sum.write(out);
        }
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        state.episode = in.readBoolean() ? Episode.read(in) : null;
        state.sum = in.readBoolean() ? IntelContact.read(in) : null;
        return state;
    }
}
