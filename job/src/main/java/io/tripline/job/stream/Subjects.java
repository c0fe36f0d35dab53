package io.tripline.job.stream;

import java.util.List;

/** All kinds of subject that rules are about, besides actors. */
final class Subjects {
    static final List<Subject<?, ?, ?>> ALL = List.of(TunnelTypes.ECHO_PAIRS, TunnelTypes.CLIENT_DOMAINS);

    private Subjects() {}
}
