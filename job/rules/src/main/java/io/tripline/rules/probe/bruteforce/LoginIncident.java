package io.tripline.rules.probe.bruteforce;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Probing;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.incident.SensorCounts;
import io.tripline.rules.network.LoginServices.Client;
import io.tripline.rules.network.LoginServices.Login;
import io.tripline.rules.probe.Contact;
import io.tripline.rules.probe.Evidence;
import io.tripline.rules.probe.Sessions;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.roaringbitmap.RoaringBitmap;

/** An open incident of repeated log-ins: an {@link Episode} with targets and what the conversations carried. */
final class LoginIncident {
    /** Targets are no more than the log-ins that are followed. */
    private static final int TARGETS = 4_096;

    private static final long SECOND = 1_000_000;

    private final String service;
    private final boolean byPrograms;
    private final boolean hangsUp;
    private final Episode episode;
    private final Sessions sessions;
    private final SortedMap<Address, RoaringBitmap> targets = new TreeMap<>();

    LoginIncident(Login login, Episode episode) {
        this(login.name(), login.client() == Client.PROGRAM, login.hangsUp(), episode, new Sessions());
    }

    private LoginIncident(String service, boolean byPrograms, boolean hangsUp, Episode episode, Sessions sessions) {
        this.service = service;
        this.byPrograms = byPrograms;
        this.hangsUp = hangsUp;
        this.episode = episode;
        this.sessions = sessions;
    }

    boolean concerns(Address target, int ofService) {
        RoaringBitmap services = targets.get(target);
        return services != null && services.contains(ofService);
    }

    /** Adds a target's service with what is known of it so far. */
    void add(Address target, int ofService, Sessions more, long first, long last, long frame) {
        if (targets.size() < TARGETS || targets.containsKey(target)) {
            targets.computeIfAbsent(target, t -> new RoaringBitmap()).add(ofService);
        }
        count(more, first, last);
        if (frame != Long.MAX_VALUE) {
            episode.frame(frame);
        }
    }

    /** Adds a second's conversations with a service that is concerned already. */
    void add(Contact contact, Sessions more, long second) {
        boolean began = contact.probes() > 0;
        count(more, began ? contact.first() : second * SECOND, began ? contact.last() : second * SECOND);
        if (began) {
            episode.frame(contact.frame());
        }
    }

    private void count(Sessions more, long first, long last) {
        sessions.add(more);
        episode.add(first, Math.max(first, last), more.packetsOut(), more.bytesOut());
    }

    void seenBy(SensorCounts packets, long shift) {
        episode.seenBy(packets, shift);
    }

    /** Stream time of its begin, microseconds. */
    long firstSeen() {
        return episode.firstSeen();
    }

    void because(Reason reason) {
        episode.becauseAtLeast(reason);
    }

    long wakeUp() {
        return episode.wakeUp();
    }

    /** Tells what is due; false where the incident is over now. */
    boolean tell(long second, Address actor, Consumer<Finding> findings) {
        Finding.Stage stage = episode.due(second);
        if (stage == null) {
            return true;
        }
        RoaringBitmap services = new RoaringBitmap();
        targets.values().forEach(services::or);
        findings.accept(episode.draft(stage, BruteForce.RULE, actor, second)
                .techniques(Map.of(Probing.CONNECT, sessions.ended()))
                .services(services)
                .openServices(services.stream().boxed().limit(100).toList())
                .outcomes(new Finding.Outcomes(targets.size(), 0, 0))
                .targets(targets.size(), targets.keySet())
                .detail(new LogIns(
                        service,
                        sessions.ended(),
                        sessions.hungUp(),
                        byPrograms,
                        hangsUp,
                        sessions.bytesOut(),
                        sessions.bytesIn()))
                .finding());
        return stage != Finding.Stage.CLOSED;
    }

    void write(DataOutput out) throws IOException {
        Stored.writeText(service, out);
        out.writeBoolean(byPrograms);
        out.writeBoolean(hangsUp);
        episode.write(out);
        sessions.write(out);
        out.writeInt(targets.size());
        for (Map.Entry<Address, RoaringBitmap> target : targets.entrySet()) {
            out.writeLong(target.getKey().high());
            out.writeLong(target.getKey().low());
            target.getValue().serialize(out);
        }
    }

    static LoginIncident read(DataInput in) throws IOException {
        LoginIncident incident = new LoginIncident(
                Stored.readText(in), in.readBoolean(), in.readBoolean(), Episode.read(in), Sessions.read(in));
        for (int i = Stored.readSize(in, TARGETS, "targets"); i > 0; i--) {
            Address target = new Address(in.readLong(), in.readLong());
            RoaringBitmap services = new RoaringBitmap();
            Evidence.read(services, in);
            incident.targets.put(target, services);
        }
        return incident;
    }
}
