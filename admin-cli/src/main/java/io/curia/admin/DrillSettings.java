package io.curia.admin;

import io.curia.admin.drill.Fault;
import java.time.Duration;
import java.util.Optional;

/**
 * What a drill was asked for.
 *
 * @param fault what to do to the master
 * @param rounds how often
 * @param objective how long a round may be without a valid master; empty if nobody said
 * @param timeout how long a round may take
 * @param pause how long to wait between rounds
 * @param every how long each witness pauses after an answer
 */
record DrillSettings(Fault fault, int rounds, Optional<Duration> objective, Duration timeout, Duration pause,
        Duration every) {
}
