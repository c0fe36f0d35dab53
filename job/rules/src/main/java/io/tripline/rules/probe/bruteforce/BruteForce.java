package io.tripline.rules.probe.bruteforce;

import io.tripline.rules.codec.Stored;
import io.tripline.rules.engine.Decision;
import io.tripline.rules.engine.DecisionTrace;
import io.tripline.rules.engine.Thresholds;
import io.tripline.rules.incident.Episode;
import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Reason;
import io.tripline.rules.network.LoginServices;
import io.tripline.rules.network.LoginServices.Client;
import io.tripline.rules.network.LoginServices.Login;
import io.tripline.rules.network.Service;
import io.tripline.rules.network.ServiceName;
import io.tripline.rules.probe.Activity;
import io.tripline.rules.probe.ActorDetector;
import io.tripline.rules.probe.ActorHistory;
import io.tripline.rules.probe.Contact;
import io.tripline.rules.probe.Sessions;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One source logs in again and again (ATT&amp;CK T1110).
 *
 * <p>Method. Conversations with login services (see {@link LoginServices}) that ended, by source, target and port. It is brute force when they are
 * short, that is when on average they carry no more than failed log-ins do, and the client sends more than a health check that reads the banner, and
 * <ul>
 *   <li>more than 15 ended in 60 s; 30 where as a rule programs log in (mail, LDAP, databases), which often connect for each request;
 *   <li>more than 40 ended in 30 minutes, where people log in;
 *   <li>more than 15 targets with more than 30 conversations for one port in 60 s, more than two each (password spraying).
 * </ul>
 * Only what ended counts: a pool of connections that stays open is none. Bytes tell a log-in from work: somebody who copies 30 files by ssh moves
 * more than failed log-ins do. What is encrypted is not looked into, so that it works for ssh, RDP and TLS alike, and at a tap that shows only the
 * client's packets.
 *
 * <p>What programs do for each request, and what a server that refuses does, differ in who ends the conversation: after a failed log-in MySQL,
 * PostgreSQL, SQL Server and Oracle do, after work their client does. So short conversations with these that the server ended weigh more than others.
 *
 * <p>Cost: nothing for conversations with other services; for these one look-up a second in which any began or ended. Memory: about 300 bytes for
 * each (target, port) of the last half hour, at most {@link #SERVICES} of a source.
 *
 * <p>Cannot see: a password a connection at less than 40 in half an hour, many passwords in one connection, log-ins over HTTP, a source that works
 * (copies, say) on the same service at the same time so that the average is large; and success cannot be told from failure.
 */
public final class BruteForce implements ActorDetector<BruteForce.State> {
    public static final String RULE = "brute-force";

    private static final int SERVICES = 256;
    private static final int QUIET_SECONDS = 300;
    private static final long SECOND = 1_000_000;

    /**
     * Thresholds. Each counts conversations that ended.
     *
     * @param conversations this many in 60 s are not yet brute force where people log in
     * @param programConversations the same where programs log in
     * @param slowConversations this many in 30 minutes are not yet brute force where people log in
     * @param sprayedTargets this many targets in 60 s are not yet spraying
     */
    public record Settings(int conversations, int programConversations, int slowConversations, int sprayedTargets)
            implements Serializable {
        public static final Settings DEFAULT = new Settings(15, 30, 40, 15);

        public Settings {
            Thresholds.check()
                    .between("conversations", conversations, 1, 1_000_000)
                    .between("programConversations", programConversations, 1, 1_000_000)
                    .between("slowConversations", slowConversations, 1, 1_000_000)
                    .between("sprayedTargets", sprayedTargets, 1, SERVICES - 1)
                    .end();
        }
    }

    /** A login service of a target. */
    private record Key(Address target, int service) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::target).thenComparing(Key::service);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Log-ins and the open incident of one actor. */
    public static final class State {
        private final SortedMap<Key, Attempts> attempts = new TreeMap<>();

        /** The second in which the first of them will be forgotten. */
        private long forgetAt = Long.MAX_VALUE;

        private @Nullable LoginIncident incident;

        private void add(Key key, long second, Sessions sessions, Contact contact) {
            Attempts known = attempts.computeIfAbsent(key, k -> new Attempts());
            boolean wasFirst = known.forgetAt() == forgetAt;
            known.add(second, sessions, contact.first(), contact.frame());
            if (wasFirst && known.forgetAt() != forgetAt) {
                noteForgetAt();
            } else {
                forgetAt = Math.min(forgetAt, known.forgetAt());
            }
        }

        private void noteForgetAt() {
            forgetAt = Long.MAX_VALUE;
            for (Attempts one : attempts.values()) {
                forgetAt = Math.min(forgetAt, one.forgetAt());
            }
        }
    }

    private final Settings settings;
    private final Decision decision;
    private final LoginServices logins;

    public BruteForce(Settings settings) {
        this(settings, DecisionTrace.NONE);
    }

    public BruteForce(Settings settings, DecisionTrace trace) {
        this(settings, trace, LoginServices.DEFAULT);
    }

    /** The rule for other login services than the default ones; they must be those of the fold. */
    public BruteForce(Settings settings, DecisionTrace trace, LoginServices logins) {
        this.settings = settings;
        this.decision = new Decision(RULE, trace);
        this.logins = logins;
    }

    @Override
    public String rule() {
        return RULE;
    }

    @Override
    public State newState() {
        return new State();
    }

    @Override
    public boolean watches(ActorHistory history) {
        return history.latestSessions();
    }

    @Override
    public void observe(Activity activity, ActorHistory history, State state) {
        if (!watches(history)) {
            return;
        }
        long second = activity.second();
        boolean[] any = {false};
        SortedSet<Integer> ended = new TreeSet<>();
        activity.contacts().forEach(contact -> {
            Sessions sessions = contact.sessions();
            if (sessions != null && !contact.isCarriedOnly() && logins.has(Service.port(contact.service()))) {
                Key key = new Key(contact.target(), contact.service());
                state.add(key, second, sessions, contact);
                if (sessions.ended() > 0) {
                    ended.add(contact.service());
                }
                if (state.incident != null && state.incident.concerns(key.target(), key.service())) {
                    state.incident.add(contact, sessions, second);
                    any[0] = true;
                }
            }
        });
        forget(second, state);
        ended.forEach(service -> decide(second, service, history, state));
        if (any[0] && state.incident != null) {
            state.incident.seenBy(activity.sensors(), activity.clockShift());
        }
    }

    @Override
    public void judge(long second, ActorHistory history, State state) {
        // Log-ins are conversations that succeed as such; what fails in them is not a probe.
    }

    /** Forgets what no window holds any more, and where there is too much what would be forgotten first. */
    private static void forget(long second, State state) {
        if (second < state.forgetAt && state.attempts.size() <= SERVICES) {
            return;
        }
        state.attempts.values().removeIf(attempts -> second >= attempts.forgetAt());
        while (state.attempts.size() > SERVICES) {
            Key oldest = state.attempts.firstKey();
            for (Map.Entry<Key, Attempts> entry : state.attempts.entrySet()) {
                Attempts known = state.attempts.get(oldest);
                if (known == null || entry.getValue().forgetAt() < known.forgetAt()) {
                    oldest = entry.getKey();
                }
            }
            state.attempts.remove(oldest);
        }
        state.noteForgetAt();
    }

    /** Judges all targets' conversations with one port. */
    private void decide(long second, int service, ActorHistory history, State state) {
        Login login = logins.of(Service.port(service));
        boolean person = login.client() == Client.PERSON;
        Address actor = history.actor();
        ServiceName name = new ServiceName(service);
        List<Key> targets = new ArrayList<>();
        Sessions all = new Sessions();
        state.attempts.forEach((key, attempts) -> {
            if (key.service() == service) {
                attempts.expire(second);
                Sessions minute = attempts.ofMinute();
                if (minute.ended() > 0) {
                    targets.add(key);
                    all.add(minute);
                }
                int limit = person ? settings.conversations() : settings.programConversations();
                decision.about(actor, second)
                        .aboveIf(isShort(minute, login), BruteForceTestId.MINUTE, name, minute.ended(), limit)
                        .or();
                if (person) {
                    Sessions slow = attempts.ofHalfHour();
                    boolean isShort = isShort(slow, login);
                    decision.aboveIf(
                            isShort, BruteForceTestId.HALF_HOUR, name, slow.ended(), settings.slowConversations());
                }
                if (decision.passed()) {
                    open(second, key, attempts, login, decision.reasons(), history, state);
                }
            }
        });
        boolean repeated = all.ended() > 2L * targets.size() && all.ended() > 2L * settings.sprayedTargets();
        boolean sprayed = repeated && isShort(all, login);
        decision.about(actor, second)
                .aboveIf(sprayed, BruteForceTestId.SPRAYED, name, targets.size(), settings.sprayedTargets());
        if (decision.passed()) {
            List<Reason> reasons = decision.reasons();
            for (Key key : targets) {
                Attempts attempts = state.attempts.get(key);
                if (attempts != null) {
                    open(second, key, attempts, login, reasons, history, state);
                }
            }
        }
    }

    /** Whether the conversations carry about what a failed log-in does, on average. */
    private static boolean isShort(Sessions sessions, Login login) {
        long ended = Math.max(1, sessions.ended());
        return sessions.bytesOut() + sessions.bytesIn() <= ended * login.shortBytes()
                && sessions.bytesOut() >= ended * login.leastBytesOut();
    }

    private static void open(
            long second,
            Key key,
            Attempts attempts,
            Login login,
            List<Reason> reasons,
            ActorHistory history,
            State state) {
        LoginIncident open = state.incident;
        LoginIncident incident = open;
        if (incident == null) {
            incident = new LoginIncident(login, new Episode(Service.text(key.service()), second, QUIET_SECONDS));
            state.incident = incident;
        }
        if (!incident.concerns(key.target(), key.service())) {
            long began = attempts.firstSeen() == Long.MAX_VALUE ? second * SECOND : attempts.firstSeen();
            long first = Math.max(began, (second - Attempts.MINUTES * 60) * SECOND);
            incident.add(key.target(), key.service(), attempts.ofHalfHour(), first, second * SECOND, attempts.frame());
        }
        if (open == null) {
            incident.seenBy(history.sensors(), history.clockShift(incident.firstSeen()));
        }
        reasons.forEach(incident::because);
    }

    @Override
    public void tell(long second, Address actor, State state, Consumer<Finding> findings) {
        forget(second, state);
        LoginIncident incident = state.incident;
        if (incident != null && !incident.tell(second, actor, findings)) {
            state.incident = null;
        }
    }

    @Override
    public long wakeUp(State state) {
        return state.incident == null ? state.forgetAt : Math.min(state.forgetAt, state.incident.wakeUp());
    }

    @Override
    public boolean isIdle(State state) {
        return state.incident == null && state.attempts.isEmpty();
    }

    @Override
    public void write(State state, DataOutput out) throws IOException {
        out.writeInt(state.attempts.size());
        for (Map.Entry<Key, Attempts> entry : state.attempts.entrySet()) {
            out.writeLong(entry.getKey().target().high());
            out.writeLong(entry.getKey().target().low());
            out.writeInt(entry.getKey().service());
            entry.getValue().write(out);
        }
        out.writeBoolean(state.incident != null);
        if (state.incident != null) {
            state.incident.write(out);
        }
    }

    @Override
    public State read(DataInput in) throws IOException {
        State state = new State();
        for (int i = Stored.readSize(in, SERVICES, "login services"); i > 0; i--) {
            Key key = new Key(new Address(in.readLong(), in.readLong()), in.readInt());
            state.attempts.put(key, Attempts.read(in));
        }
        state.noteForgetAt();
        state.incident = in.readBoolean() ? LoginIncident.read(in) : null;
        return state;
    }
}
