package io.curia.core.simulation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * How rough a run is. Drawn from the seed, each kind of fault on or off by itself: a run in which everything fails
 * at once hides what a run with two kinds of faults shows.
 *
 * @param sessionTimeoutNanos of every session
 * @param latencyNanos a usual one-way delay is up to twice this
 * @param straggle how often a message takes up to {@code straggleNanos}
 * @param straggleNanos how long a straggler may take
 * @param requestLoss how often a write is lost before it is applied
 * @param replyLoss how often a write is applied and the answer is lost
 * @param tear how often the records of one observation are not of one instant
 * @param watchLoss how often a change is noticed by the next poll only
 * @param burntWatch how often a latch does not notice that it leads
 * @param lostEntry how often entering the latch fails without a word
 * @param yieldGraceNanos the patience of nodes with duties that are slow to stop
 * @param slowDuties how often duties are slow to stop
 * @param ranked whether candidates have priorities of their own
 * @param calmNanos the mean time between two faults
 * @param faults what may happen
 */
record Climate(long sessionTimeoutNanos, long latencyNanos, double straggle, long straggleNanos, double requestLoss,
        double replyLoss, double tear, double watchLoss, double burntWatch, double lostEntry, long yieldGraceNanos,
        double slowDuties, boolean ranked, long calmNanos, Set<Fault> faults) {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    /** What may befall a node. */
    enum Fault {
        CUT, FREEZE, CRASH, STOP, STEP_DOWN, EVICT, DELETE_LATCH, DELETE_LIVE, BURN_WATCH, VERIFIED_CRASH,
        DOUBLE_CRASH, VANISHING, SLANDER, ACCUSATION_STORM, SEEN_CRASH, CUT_LIFELINES, LOST_NETWORK,
        SWITCHOVER, PAUSE, DRAIN, ILLNESS
    }

    static Climate drawn(Dice dice) {
        EnumSet<Fault> faults = EnumSet.noneOf(Fault.class);
        for (Fault fault : Fault.values()) {
            if (dice.chance(0.5)) {
                faults.add(fault);
            }
        }
        return new Climate(dice.between(2, 7) * SECOND, dice.between(100_000, 3 * MILLI),
                sometimes(dice, 0.05), dice.between(20 * MILLI, 2 * SECOND), sometimes(dice, 0.08),
                sometimes(dice, 0.08), sometimes(dice, 0.5), sometimes(dice, 0.2), sometimes(dice, 0.2),
                sometimes(dice, 0.2),
                dice.between(200 * MILLI, 4 * SECOND), sometimes(dice, 0.6), dice.chance(0.4),
                dice.between(300 * MILLI, 4 * SECOND),
                faults);
    }

    private static double sometimes(Dice dice, double most) {
        return dice.chance(0.5) ? 0 : dice.fraction() * most;
    }

    /** Returns the same place once nothing goes wrong any more; what is under way still is. */
    Climate calmed() {
        return new Climate(sessionTimeoutNanos, latencyNanos, 0, 0, 0, 0, 0, 0, 0, 0, yieldGraceNanos, slowDuties,
                ranked, calmNanos, Set.of());
    }

    long delay(Dice dice) {
        return dice.chance(straggle) ? dice.between(latencyNanos, straggleNanos)
                : dice.between(latencyNanos / 2, latencyNanos * 2);
    }

    Duration sessionTimeout() {
        return Duration.ofNanos(sessionTimeoutNanos);
    }
}
