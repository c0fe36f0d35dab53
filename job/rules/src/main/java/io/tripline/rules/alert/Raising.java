package io.tripline.rules.alert;

import io.tripline.rules.incident.Finding;
import io.tripline.rules.incident.Finding.Stage;
import io.tripline.schemas.SensorName;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what alerts tell of an incident while the settings may change under it. To whoever reads raised alerts each incident begins with
 * {@code opened} and ends with {@code closed}, whatever the settings say meanwhile:
 *
 * <ul>
 *   <li>one that was allowed and goes on after the entry has lapsed, or after it was removed, is {@code opened} then;
 *   <li>one that is raised and then allowed is {@code closed} because of it, and what comes later of it counts as allowed;
 *   <li>one whose rule was switched off is {@code closed} because of it.
 * </ul>
 *
 * <p>The id stays the same throughout.
 */
public final class Raising {
    /** What keeps the alert about a probe from being raised. */
    public static final String PROBE = "probe";

    private final AlertAssembler alerts;
    private final Map<String, String> off;

    /**
     * Of the rules and policy that hold.
     *
     * @param off rules that are off by their id, with the reason for people
     */
    public Raising(AlertAssembler alerts, Map<String, String> off) {
        this.alerts = alerts;
        this.off = Map.copyOf(off);
    }

    /** Whether nobody but a sensor's own probe was seen. Who is on the wire cannot give himself out for one: he is seen by a sensor. */
    public static boolean isProbe(Finding finding) {
        return !finding.sensors().isEmpty()
                && finding.sensors().keySet().stream().allMatch(SensorName::isProbe);
    }

    /**
     * Tells a finding.
     *
     * @param known how the incident stood; null where nothing of it was told, or it is closed
     * @return how it stands; null where it is over
     */
    public @Nullable Standing take(@Nullable Standing known, Finding finding, Consumer<Alert> told) {
        if (off.containsKey(finding.rule())) {
            // One detector may stand for several rules, and go on with an incident of one that is off.
            return known == null ? null : look(known, finding.changed(), told);
        }
        boolean wasRaised = known != null && known.raised();
        boolean over = finding.stage() == Stage.CLOSED;
        AllowEntry entry = alerts.allowing(finding);
        if (entry != null) {
            if (wasRaised) {
                told.accept(alerts.close(finding, finding.changed(), allowedBy(entry)));
            }
            if (!wasRaised || !over) {
                told.accept(alerts.assemble(finding));
            }
            return over ? null : new Standing(finding, false);
        }
        if (!wasRaised && finding.stage() != Stage.OPENED) {
            told.accept(alerts.assemble(finding.at(Stage.OPENED, finding.changed())));
            if (over) {
                told.accept(alerts.assemble(finding));
            }
        } else {
            told.accept(alerts.assemble(finding));
        }
        return over ? null : new Standing(finding, true);
    }

    /**
     * Looks at an open incident of which nothing new was found: the settings may have changed since.
     *
     * @param now stream time, microseconds
     * @return how it stands; null where it is over
     */
    public @Nullable Standing look(Standing known, long now, Consumer<Alert> told) {
        String because = off.get(known.last().rule());
        if (because != null) {
            if (known.raised()) {
                told.accept(alerts.close(known.last(), now, because));
            }
            return null;
        }
        AllowEntry entry = known.raised() ? alerts.allowing(known.last()) : null;
        if (entry == null) {
            return known;
        }
        told.accept(alerts.close(known.last(), now, allowedBy(entry)));
        return new Standing(known.last(), false);
    }

    private static String allowedBy(AllowEntry entry) {
        return "allowed by " + entry.name();
    }
}
