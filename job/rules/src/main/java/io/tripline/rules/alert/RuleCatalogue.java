package io.tripline.rules.alert;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Descriptions of rules. */
public final class RuleCatalogue {
    private final SortedMap<String, RuleDescription> rules = new TreeMap<>();

    /**
     * A catalogue of these rules.
     *
     * @throws IllegalArgumentException if two have the same id
     */
    public RuleCatalogue(Collection<RuleDescription> descriptions) {
        for (RuleDescription rule : descriptions) {
            if (rules.put(rule.id(), rule) != null) {
                throw new IllegalArgumentException("two rules are called " + rule.id());
            }
        }
    }

    /**
     * The description of a rule.
     *
     * @throws IllegalArgumentException if there is none
     */
    public RuleDescription rule(String id) {
        RuleDescription rule = rules.get(id);
        if (rule == null) {
            throw new IllegalArgumentException("no rule is called " + id + "; known are " + rules.keySet());
        }
        return rule;
    }

    /** All of them, by id. */
    public Collection<RuleDescription> all() {
        return List.copyOf(rules.values());
    }
}
