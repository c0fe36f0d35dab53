package io.tripline.job.detect;

import io.tripline.job.activity.Contact;
import io.tripline.job.activity.SensorCounts;
import io.tripline.job.activity.Service;
import io.tripline.job.activity.Stored;
import io.tripline.job.detect.Finding.Stage;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * One open incident of an actor: opened when a rule's threshold is crossed, updated while it goes on, closed after quiet.
 *
 * <p>The rule decides what belongs to it; this class keeps its times and evidence and says when there is something to tell.
 */
public final class Incident {
    /** An open incident is told again at most this often, seconds. */
    static final int UPDATE_SECONDS = 30;

    /** An incident is over after so many seconds without anything new. */
    static final int QUIET_SECONDS = 60;

    private static final long SECOND = 1_000_000;
    private static final int LISTED_SERVICES = 100;
    private static final int LISTED_HOSTS = 20;
    private static final int LISTED_RANGES = 60;

    /** Reasons kept; a sweep of all ports would give two for each. */
    private static final int REASONS = 40;

    private final String scope;
    private final long crossedSecond;
    private final SensorCounts sensors;
    private final List<Reason> reasons;
    private final Evidence evidence;
    private long clockShift;
    private long firstSeen;
    private long lastSeen;
    private long toldSecond;
    private boolean changed;
    private boolean answersSeen;

    /** An incident whose threshold is crossed in the given second; nothing has been told of it yet. */
    public Incident(String scope, long crossedSecond) {
        this(scope, crossedSecond, new SensorCounts(), new ArrayList<>(), new Evidence());
    }

    private Incident(String scope, long crossedSecond, SensorCounts sensors, List<Reason> reasons, Evidence evidence) {
        this.scope = scope;
        this.crossedSecond = crossedSecond;
        this.sensors = sensors;
        this.reasons = reasons;
        this.evidence = evidence;
        this.firstSeen = Long.MAX_VALUE;
        this.lastSeen = Long.MIN_VALUE;
        this.toldSecond = Long.MIN_VALUE;
    }

    Evidence evidence() {
        return evidence;
    }

    /** Adds what belongs to the incident. What is added before it is first told fixes when it began, and so its identity. */
    void add(Contact contact) {
        evidence.add(contact);
        if (contact.probes() > 0) {
            if (toldSecond == Long.MIN_VALUE) {
                firstSeen = Math.min(firstSeen, contact.first());
            }
            lastSeen = Math.max(lastSeen, contact.last());
        }
        answersSeen |= contact.has(Contact.ANSWERED | Contact.ANSWERS_VISIBLE);
        changed = true;
    }

    /** Notes which sensors saw it, and how far their clock was moved. */
    void seenBy(SensorCounts packets, long shift) {
        sensors.addAll(packets);
        clockShift = Math.max(clockShift, shift);
    }

    /** Adds a reason, unless the same test was passed before or there are enough. */
    void because(Reason reason) {
        if (reasons.size() < REASONS
                && reasons.stream().noneMatch(known -> known.test().equals(reason.test()))) {
            reasons.add(reason);
            changed = true;
        }
    }

    /** Which stage to tell by the end of the given second; null where there is nothing to tell. */
    @Nullable
    Stage due(long second) {
        if (toldSecond == Long.MIN_VALUE) {
            return Stage.OPENED;
        }
        if (second >= quietAt()) {
            return Stage.CLOSED;
        }
        return changed && second >= toldSecond + UPDATE_SECONDS ? Stage.UPDATED : null;
    }

    /** The second in which there will be something to tell if nothing more happens. */
    long wakeUp() {
        return changed ? Math.min(quietAt(), toldSecond + UPDATE_SECONDS) : quietAt();
    }

    private long quietAt() {
        return ActorHistory.secondOf(lastSeen) + QUIET_SECONDS;
    }

    /** The incident as it stands by the end of the given second. */
    Finding tell(Stage stage, String rule, Address actor, long second, Finding.Outcomes outcomes) {
        toldSecond = second;
        changed = false;
        RoaringBitmap services = evidence.services();
        List<Integer> sample = new ArrayList<>();
        services.stream().limit(LISTED_SERVICES).forEach(sample::add);
        return new Finding(
                rule,
                stage,
                actor,
                scope,
                firstSeen,
                (crossedSecond + 1) * SECOND,
                lastSeen,
                stage == Stage.CLOSED ? quietAt() * SECOND : (second + 1) * SECOND,
                clockShift,
                evidence.techniques(),
                services.getCardinality(),
                sample,
                ranges(services),
                evidence.openServices(LISTED_SERVICES),
                outcomes,
                evidence.hostCount(),
                evidence.hosts().sample(LISTED_HOSTS),
                evidence.packets(),
                evidence.bytes(),
                evidence.frames(),
                sensors.bySensor(),
                evidence.approximate(),
                answersSeen,
                List.copyOf(reasons));
    }

    /** Ports of one transport after another as {@code tcp 1-1000,8080; udp 53; arp}; ends in an ellipsis where there are too many. */
    static String ranges(RoaringBitmap services) {
        StringBuilder text = new StringBuilder();
        int ranges = 0;
        int from = -1;
        int to = -1;
        for (int service : services) {
            boolean next = service == to + 1 || !Service.numbered(service);
            if (from >= 0 && next && Service.transport(service) == Service.transport(from)) {
                to = service;
                continue;
            }
            if (from >= 0) {
                append(text, from, to);
                if (++ranges == LISTED_RANGES) {
                    return text.append(",…").toString();
                }
                text.append(Service.transport(service) == Service.transport(from) ? "," : "; ");
            }
            if (from < 0 || Service.transport(service) != Service.transport(from)) {
                text.append(Service.transportName(service));
            }
            from = service;
            to = service;
        }
        if (from >= 0) {
            append(text, from, to);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int from, int to) {
        if (!Service.numbered(from)) {
            return;
        }
        text.append(text.charAt(text.length() - 1) == ',' ? "" : " ").append(Service.port(from));
        if (to > from) {
            text.append('-').append(Service.port(to));
        }
    }

    void write(DataOutput out) throws IOException {
        Stored.writeText(scope, out);
        out.writeLong(crossedSecond);
        sensors.write(out);
        out.writeInt(reasons.size());
        for (Reason reason : reasons) {
            Stored.writeText(reason.test(), out);
            out.writeLong(reason.value());
            out.writeLong(reason.threshold());
        }
        evidence.write(out);
        out.writeLong(clockShift);
        out.writeLong(firstSeen);
        out.writeLong(lastSeen);
        out.writeLong(toldSecond);
        out.writeBoolean(changed);
        out.writeBoolean(answersSeen);
    }

    static Incident read(DataInput in) throws IOException {
        String scope = Stored.readText(in);
        long crossedSecond = in.readLong();
        SensorCounts sensors = SensorCounts.read(in);
        List<Reason> reasons = new ArrayList<>();
        for (int i = Stored.readSize(in, REASONS, "reasons"); i > 0; i--) {
            reasons.add(new Reason(Stored.readText(in), in.readLong(), in.readLong()));
        }
        Incident incident = new Incident(scope, crossedSecond, sensors, reasons, Evidence.read(in));
        incident.clockShift = in.readLong();
        incident.firstSeen = in.readLong();
        incident.lastSeen = in.readLong();
        incident.toldSecond = in.readLong();
        incident.changed = in.readBoolean();
        incident.answersSeen = in.readBoolean();
        return incident;
    }
}
