package io.tripline.rules.alert;

import io.tripline.rules.codec.Codec;
import io.tripline.rules.codec.Stored;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.Address;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An alert document with what is needed to order, filter and route it without reading it.
 *
 * @param id {@code event.id}
 * @param firstSeen first event of the incident, capture time in microseconds since 1970 UTC
 * @param changed {@code @timestamp}: when the incident last changed, capture time likewise
 * @param risk {@code event.risk_score}, 1 to 100
 * @param stage where the incident stands
 * @param rule {@code rule.id}
 * @param allowedBy which entry of the settings keeps it from being raised; empty where it is raised
 * @param lapsed which entry of the settings would keep it from being raised, had it not lapsed; empty where none would
 * @param json the document, one line without its end
 */
public record Alert(
        String id,
        long firstSeen,
        long changed,
        Severity severity,
        int risk,
        Stage stage,
        String rule,
        Address actor,
        String allowedBy,
        String lapsed,
        String json) {
    public static final Codec<Alert> CODEC = Codec.of("alert", 1, Alert.class, Alert::write, Alert::read);

    /** Whether something in the settings keeps it from being raised. */
    public boolean suppressed() {
        return !allowedBy.isEmpty();
    }

    /** This alert, kept from being raised by what is named. */
    public Alert allowedBy(String what) {
        return new Alert(id, firstSeen, changed, severity, risk, stage, rule, actor, what, lapsed, json);
    }

    /** Writes it for a reader of the same version. */
    public void write(DataOutput out) throws IOException {
        Stored.writeText(id, out);
        out.writeLong(firstSeen);
        out.writeLong(changed);
        Stored.writeName(severity, out);
        out.writeInt(risk);
        Stored.writeName(stage, out);
        Stored.writeText(rule, out);
        out.writeLong(actor.high());
        out.writeLong(actor.low());
        Stored.writeText(allowedBy, out);
        Stored.writeText(lapsed, out);
        Stored.writeText(json, out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the bytes end early or hold what no alert can hold
     */
    public static Alert read(DataInput in) throws IOException {
        return new Alert(
                Stored.readText(in),
                in.readLong(),
                in.readLong(),
                Stored.readName(Severity.class, in),
                in.readInt(),
                Stored.readName(Stage.class, in),
                Stored.readText(in),
                new Address(in.readLong(), in.readLong()),
                Stored.readText(in),
                Stored.readText(in),
                Stored.readText(in));
    }
}
