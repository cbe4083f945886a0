package io.curia.health;

import java.util.Optional;

/**
 * The verdict that a row of answers comes to. The first answer decides alone; from then on it takes {@code rise}
 * passes or {@code fall} failures in a row to change the verdict. Pure, and used by one thread.
 */
final class Hysteresis {

    private final int rise;
    private final int fall;
    private boolean decided;
    private boolean fit;
    private int against;

    Hysteresis(int rise, int fall) {
        this.rise = rise;
        this.fall = fall;
    }

    /** Takes note of an answer, why not or empty; returns whether it changed the verdict. */
    boolean answered(Optional<String> problem) {
        boolean passed = problem.isEmpty();
        if (!decided) {
            decided = true;
            fit = passed;
            return true;
        }
        against = passed == fit ? 0 : against + 1;
        if (against < (fit ? fall : rise)) {
            return false;
        }
        fit = passed;
        against = 0;
        return true;
    }
}
