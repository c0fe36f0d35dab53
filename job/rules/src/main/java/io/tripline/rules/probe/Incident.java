package io.tripline.rules.probe;

import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.rules.incident.FindingDraft;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One open incident of an actor that probes: an {@link Episode} with the contacts that it rests on as {@link Evidence}. */
public final class Incident {
    private static final int LISTED_SERVICES = 100;

    private final Episode episode;
    private final Evidence evidence;
    private boolean answersSeen;

    /** An incident whose threshold is crossed in the given second; nothing has been told of it yet. */
    public Incident(String scope, long crossedSecond) {
        this(scope, crossedSecond, Episode.QUIET_SECONDS);
    }

    /** An incident that is over after so many quiet seconds. */
    public Incident(String scope, long crossedSecond, int quietSeconds) {
        this(new Episode(scope, crossedSecond, quietSeconds), new Evidence());
    }

    private Incident(Episode episode, Evidence evidence) {
        this.episode = episode;
        this.evidence = evidence;
    }

    public Evidence evidence() {
        return evidence;
    }

    /** Adds what belongs to the incident. What is added before it is first told fixes when it began, and so its identity. */
    public void add(Contact contact) {
        evidence.add(contact);
        if (contact.probes() > 0) {
            episode.add(contact.first(), contact.last(), 0, 0);
        }
        answersSeen |= contact.has(Contact.ANSWERED | Contact.ANSWERS_VISIBLE);
        episode.change();
    }

    /** Adds those contacts of a second that belong to the incident. */
    public void addAll(Activity activity, Predicate<Contact> belongs) {
        boolean[] any = {false};
        activity.contacts().forEach(contact -> {
            if (belongs.test(contact)) {
                add(contact);
                any[0] = true;
            }
        });
        if (any[0]) {
            seenBy(activity.sensors(), activity.clockShift());
        }
    }

    /** Notes which sensors saw it, and how far their clock was moved; see {@link Episode#seenBy}. */
    public void seenBy(SensorCounts packets, long shift) {
        episode.seenBy(packets, shift);
    }

    /** Notes who saw what was added so far, and how far their clock was moved when it began. */
    public void seenBy(ActorHistory history) {
        episode.seenBy(history.sensors(), history.clockShift(episode.firstSeen()));
    }

    /** Adds a reason, unless the same test was passed before or there are enough. */
    public void because(Reason reason) {
        episode.because(reason);
    }

    /** Which stage to tell by the end of the given second; null where there is nothing to tell. */
    @Nullable
    public Stage due(long second) {
        return episode.due(second);
    }

    /** The second in which there will be something to tell if nothing more happens. */
    public long wakeUp() {
        return episode.wakeUp();
    }

    /** The incident as it stands by the end of the given second. */
    public Finding tell(Stage stage, String rule, Address actor, long second, Finding.Outcomes outcomes) {
        return draft(stage, rule, actor, second, outcomes).finding();
    }

    /** A finding with outcomes, to which a rule adds what it has more to say. */
    public FindingDraft draft(Stage stage, String rule, Address actor, long second, Finding.Outcomes outcomes) {
        FindingDraft draft = episode.draft(stage, rule, actor, second)
                .techniques(evidence.techniques())
                .services(evidence.services())
                .openServices(evidence.openServices(LISTED_SERVICES))
                .outcomes(outcomes)
                .targets(evidence.hostCount(), evidence.hosts().sample(FindingDraft.LISTED_HOSTS))
                .approximate(evidence.approximate())
                .answersSeen(answersSeen)
                .detail(evidence.tool());
        draft.packets = evidence.packets();
        draft.bytes = evidence.bytes();
        draft.frames = evidence.frames();
        return draft;
    }

    /**
     * Tells what is due by the end of the given second.
     *
     * @return the incident; null where it is over now
     */
    public static @Nullable Incident tell(
            @Nullable Incident incident,
            String rule,
            Address actor,
            long second,
            Outcomes outcomes,
            Consumer<Finding> findings) {
        Stage stage = incident == null ? null : incident.due(second);
        if (incident == null || stage == null) {
            return incident;
        }
        findings.accept(incident.tell(stage, rule, actor, second, outcomes.of(incident.evidence)));
        return stage == Stage.CLOSED ? null : incident;
    }

    /** What became of what an incident rests on: of its services or of its hosts. */
    public interface Outcomes {
        Finding.Outcomes of(Evidence evidence);
    }

    void write(DataOutput out) throws IOException {
        episode.write(out);
        evidence.write(out);
        out.writeBoolean(answersSeen);
    }

    static Incident read(DataInput in) throws IOException {
        Incident incident = new Incident(Episode.read(in), Evidence.read(in));
        incident.answersSeen = in.readBoolean();
        return incident;
    }

    /** Writes an incident that may not be there. */
    public static void writeNullable(@Nullable Incident incident, DataOutput out) throws IOException {
        out.writeBoolean(incident != null);
        if (incident != null) {
            incident.write(out);
        }
    }

    /** Reads what {@link #writeNullable} wrote. */
    public static @Nullable Incident readNullable(DataInput in) throws IOException {
        return in.readBoolean() ? read(in) : null;
    }
}
