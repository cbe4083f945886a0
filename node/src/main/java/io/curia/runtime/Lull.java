package io.curia.runtime;

import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when hardly anybody joins any more, for work that can wait until then: while many do, everybody's processors
 * and the ensemble have enough to do. Counts the members once in a while. For one thread.
 */
final class Lull {

    /** How long apart two counts are to be. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Lull.class);
    private static final int FEW = 3;
    /** Where somebody always joins, what waits is done all the same. */
    private static final int MOST_COUNTS = 60;

    private final ClusterStore store;
    private int counts;
    private int before = Integer.MIN_VALUE / 2;

    Lull(ClusterStore store) {
        this.store = store;
    }

    /**
     * Returns whether at most a few have come, on balance, since this was asked last, or it was asked often enough;
     * never the first time.
     */
    boolean hasCome() {
        int now = before + FEW + 1;
        try {
            now = store.countMembers();
        } catch (StoreException e) {
            log.debug("the members could not be counted: {} {}", e.kind(), e.getMessage());
        }
        boolean calm = now - before <= FEW;
        before = now;
        return calm || ++counts > MOST_COUNTS;
    }
}
