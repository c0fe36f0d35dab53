package io.tripline.job.stream;

import io.tripline.job.settings.JobSettings;
import java.util.List;

/** All kinds of subject that rules are about, besides actors. */
public final class Subjects {
    public static final List<Subject<?, ?, ?>> ALL = List.of(IntelTypes.SUBJECT);

    private Subjects() {}

    /** Those of which a rule is on; the others are not even folded. */
    public static List<Subject<?, ?, ?>> on(JobSettings settings) {
        return ALL.stream().filter(subject -> settings.isAnyOn(subject.uid())).toList();
    }
}
