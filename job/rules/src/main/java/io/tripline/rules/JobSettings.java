package io.tripline.rules;

import io.tripline.rules.alert.AlertPolicy;
import io.tripline.rules.engine.Rule;
import io.tripline.rules.engine.RuleSettings;
import io.tripline.rules.intel.IntelIndex;
import io.tripline.rules.sensor.ListedSensors;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is set for a job.
 *
 * @param alerts what is inside, what matters, what is allowed
 * @param rules by id; a rule that is not there is on, with its defaults
 * @param intel what is listed; where nothing is, the rule about it does not run
 * @param sensors which sensors there should be
 */
public record JobSettings(AlertPolicy alerts, Map<String, RuleChoice> rules, IntelIndex intel, ListedSensors sensors)
        implements RuleSettings, Serializable {
    /** What holds without a file. */
    public static final JobSettings DEFAULT = new JobSettings(AlertPolicy.DEFAULT, Map.of(), IntelIndex.EMPTY);

    public JobSettings {
        rules = Map.copyOf(rules);
    }

    /** Settings with no sensors listed. */
    public JobSettings(AlertPolicy alerts, Map<String, RuleChoice> rules, IntelIndex intel) {
        this(alerts, rules, intel, ListedSensors.NONE);
    }

    @Override
    public boolean isOn(String rule) {
        RuleChoice choice = rules.get(rule);
        return choice == null || choice.on();
    }

    @Override
    public <S extends Record> S thresholds(Rule<S> rule) {
        RuleChoice choice = rules.get(rule.id());
        @SuppressWarnings("unchecked") // a record's class has no type parameters here
        Class<S> type = (Class<S>) rule.defaults().getClass();
        return choice == null ? rule.defaults() : type.cast(choice.thresholds());
    }

    @Override
    public <T> T given(Class<T> type) {
        for (Object given : List.of(intel, sensors)) {
            if (type.isInstance(given)) {
                return type.cast(given);
            }
        }
        throw new IllegalArgumentException("nothing of type " + type.getName() + " can be set");
    }

    /** Whether any rule that an operator hosts is on and has something to look for; so for an operator of which no rule is known. */
    public boolean isAnyOn(String uid) {
        List<Rule<?>> hosted = Rules.ALL.stream()
                .filter(rule -> rule.subjects().stream()
                        .anyMatch(subject -> subject.uid().equals(uid)))
                .toList();
        return hosted.isEmpty() || hosted.stream().anyMatch(rule -> isOn(rule.id()) && rule.idle(this) == null);
    }

    /** Why a rule does not run, for people; by the id of the rule. */
    public Map<String, String> off() {
        Map<String, String> off = new HashMap<>();
        for (Rule<?> rule : Rules.ALL) {
            String idle = isOn(rule.id()) ? rule.idle(this) : "rule " + rule.id() + " was switched off";
            if (idle != null) {
                off.put(rule.id(), idle);
            }
        }
        return off;
    }

    /** These settings without the lists: they are large, and whoever judges has no use for them. */
    public JobSettings withoutIntel() {
        return withIntel(IntelIndex.EMPTY);
    }

    /** These settings with these lists. */
    public JobSettings withIntel(IntelIndex lists) {
        return new JobSettings(alerts, rules, lists, sensors);
    }

    /** These settings with one rule switched on or off. */
    public JobSettings with(String rule, boolean on) {
        Rule<?> known = Rules.find(rule);
        if (known == null) {
            throw new IllegalArgumentException("no rule is called " + rule);
        }
        Map<String, RuleChoice> changed = new HashMap<>(rules);
        changed.put(rule, new RuleChoice(on, thresholds(known)));
        return new JobSettings(alerts, changed, intel, sensors);
    }
}
