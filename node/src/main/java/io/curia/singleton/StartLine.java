package io.curia.singleton;

import io.curia.runtime.Mastership;
import java.time.Duration;

/** How a keeper is told to start the command. */
final class StartLine {

    /** Before these stand the word itself, the epoch, until when, the grace and the margin. */
    static final int VARIABLES = 5;

    private StartLine() {
    }

    static Object[] of(Mastership held, long validUntilNanos, Duration grace, Duration margin) {
        return new Object[] {"start", held.epoch(), validUntilNanos, grace.toNanos(), margin.toNanos(),
            "CURIA_EPOCH=" + held.epoch(), "CURIA_CLUSTER_UUID=" + held.clusterUuid(),
            "CURIA_INCARNATION=" + held.tenure().incarnation(), "CURIA_ADDRESS=" + held.tenure().address(),
            "CURIA_GUARD_MS=" + held.tenure().guard().toMillis()};
    }
}
