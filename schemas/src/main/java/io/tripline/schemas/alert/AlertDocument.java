package io.tripline.schemas.alert;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An alert as it is told: Elastic Common Schema 9, and what that has no fields for under {@code tripline}. Components
 * are the fields of the document, in its order and under its names ({@code riskScore} is {@code risk_score}); the same
 * fields are described in {@code alert.schema.json}, typed in the mapping of Elasticsearch and listed in
 * {@code docs/alerts.md}, and a test compares all four.
 *
 * <p>What a document need not have is null where it is a number or an object, and empty where it is text or a list;
 * then it is not written. Times are ISO 8601 in UTC with microseconds, addresses text as people write them.
 *
 * @param timestamp when the incident last changed
 * @param message one line for people
 * @param threat what it is in ATT&amp;CK; null where it need be nothing that an attacker does
 * @param source who did it; null where several did or a sensor is what it is about
 * @param destination to whom; null where there is not one address
 * @see <a href="https://www.elastic.co/docs/reference/ecs">Elastic Common Schema</a>
 */
public record AlertDocument(
        @JsonProperty("@timestamp") String timestamp,
        Event event,
        String message,
        Rule rule,
        @Nullable Threat threat,
        @Nullable Source source,
        @Nullable Destination destination,
        Related related,
        Network network,
        Observer observer,
        Evidence tripline) {

    /** What stands for a document of which nothing can be read. */
    public static final AlertDocument NONE = new AlertDocument(
            "", Event.NONE, "", Rule.NONE, null, null, null, Related.NONE, Network.NONE, Observer.NONE, Evidence.NONE);

    /** Objects that every document has are there, whatever was read. */
    public AlertDocument {
        event = Objects.requireNonNullElse(event, Event.NONE);
        rule = Objects.requireNonNullElse(rule, Rule.NONE);
        related = Objects.requireNonNullElse(related, Related.NONE);
        network = Objects.requireNonNullElse(network, Network.NONE);
        observer = Objects.requireNonNullElse(observer, Observer.NONE);
        tripline = Objects.requireNonNullElse(tripline, Evidence.NONE);
    }

    /** Address of who did it; empty where there is not one. */
    public String sourceIp() {
        return source == null ? "" : source.ip();
    }

    /** Address of to whom; empty where there is not one. */
    public String destinationIp() {
        return destination == null ? "" : destination.ip();
    }

    /**
     * Which incident, and where it stands.
     *
     * @param action {@code opened}, {@code updated} or {@code closed}
     * @param id identity of the incident, 32 hexadecimal digits
     * @param start first packet that belongs to it
     * @param end last packet so far
     * @param created when the document was made, wall clock; empty in files
     * @param ingested when a store took it in, wall clock; only stores write it
     * @param severity 21 low, 47 medium, 73 high, 99 critical
     * @param riskScore points, 1 to 100
     * @param reason tests that were passed, and what risk and confidence are made of, for people
     */
    public record Event(
            String kind,
            List<String> category,
            List<String> type,
            String action,
            String id,
            String start,
            String end,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String created,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String ingested,
            long severity,
            long riskScore,
            String dataset,
            String reason) {
        static final Event NONE = new Event("", List.of(), List.of(), "", "", "", "", "", "", 0, 0, "", "");
    }

    /** The rule that decided. */
    public record Rule(String id, String name, String version, String description) {
        static final Rule NONE = new Rule("", "", "", "");
    }

    /** What it is in MITRE ATT&amp;CK. */
    public record Threat(String framework, Tactic tactic, Technique technique) {
        /** Objects that it always has are there, whatever was read. */
        public Threat {
            tactic = Objects.requireNonNullElse(tactic, Tactic.NONE);
            technique = Objects.requireNonNullElse(technique, Technique.NONE);
        }
    }

    /** A tactic. ECS has lists here, for an event may serve several; there is one of each. */
    public record Tactic(List<String> id, List<String> name, List<String> reference) {
        static final Tactic NONE = new Tactic(List.of(), List.of(), List.of());
    }

    /** A technique, with its sub-technique where one fits. */
    public record Technique(
            List<String> id,
            List<String> name,
            List<String> reference,
            @Nullable Subtechnique subtechnique) {
        static final Technique NONE = new Technique(List.of(), List.of(), List.of(), null);
    }

    /** A sub-technique. */
    public record Subtechnique(List<String> id, List<String> name, List<String> reference) {}

    /**
     * Who did it.
     *
     * @param mac in the notation of RFC 7042 (ECS wants that), then with colons and lower case as tools print it
     */
    public record Source(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String ip,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> mac) {}

    /** To whom it was done. */
    public record Destination(String ip) {}

    /** All addresses that are named. */
    public record Related(List<String> ip) {
        static final Related NONE = new Related(List.of());
    }

    /** Transport and protocol, where there is one, and whether it crossed the border of what is internal. */
    public record Network(
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String transport,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String protocol,
            String direction) {
        static final Network NONE = new Network("", "", "");
    }

    /** Sensors that saw it. */
    public record Observer(List<String> name, String type, String vendor, String product) {
        static final Observer NONE = new Observer(List.of(), "", "", "");
    }
}
