package io.curia.proof;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is put under test.
 *
 * @param directory where everything is kept
 * @param cluster the cluster's name
 * @param nodes how many nodes; the last two are reached through gates
 * @param healthy how many candidates must be well before the next fault
 * @param session the session timeout
 * @param heedless whether the program under test ignores fence and clock
 * @param javaOptions more options for its JVMs
 */
record LabSettings(Path directory, String cluster, int nodes, int healthy, Duration session, boolean heedless,
        List<String> javaOptions) {

    private static final int GATED = 2;

    /** Returns for how long a renewal keeps a master valid. */
    Duration guard() {
        return session.multipliedBy(3).dividedBy(4);
    }

    boolean isGated(int number) {
        return number > nodes - GATED;
    }
}
