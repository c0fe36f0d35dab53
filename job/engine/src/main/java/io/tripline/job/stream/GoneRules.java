package io.tripline.job.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once of each rule that this program does not have that stored state of it is skipped. */
final class GoneRules {
    private static final Logger LOG = LoggerFactory.getLogger(GoneRules.class);
    private static final int MOST = 1_000;
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private GoneRules() {}

    static void skipped(String rule) {
        if (TOLD.size() < MOST && TOLD.add(rule)) {
            LOG.warn("stored state of rule {} is skipped: this version has no such rule", rule);
        }
    }
}
