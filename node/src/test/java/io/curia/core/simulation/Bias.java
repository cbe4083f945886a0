package io.curia.core.simulation;

import io.curia.core.simulation.Epilogue.Drill;
import java.util.Optional;

/**
 * What happens more often than it would by chance, so that a coincidence which is rare otherwise is met within some
 * hundred runs. Nothing happens under a bias that could not happen without one.
 *
 * @param drill what is done to the master in the end; empty: whatever is drawn
 * @param lostQuestion how often a witness never hears what it is asked
 * @param doubt how often a witness finds that a dead process still accepts, and hangs up
 */
record Bias(Optional<Drill> drill, double lostQuestion, double doubt) {

    static final double HUNG_UP = 0.2;
    private static final double LOST = 0.2;

    static final Bias NONE = new Bias(Optional.empty(), LOST, HUNG_UP);
    /** Whoever looks into a death is not answered. */
    static final Bias SILENT_WITNESSES = new Bias(Optional.of(Drill.SEEN_CRASH), 0.7, HUNG_UP);
    /** Whoever looks into a death is told what decides nothing. */
    static final Bias DOUBTFUL_WITNESSES = new Bias(Optional.of(Drill.SEEN_CRASH), LOST, 0.8);
}
