package io.curia.core;

import io.curia.model.Epoch;
import io.curia.model.Penalty;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a mastership costs that was lost soon after it was won: the first time nothing; then, each time in a row,
 * twice as long behind everybody else as the time before. What is an hour in the past after a penalty is forgotten.
 */
final class Governor {

    /** A mastership that lasted longer was no false start, however it ended. */
    static final Duration PROBATION = Duration.ofMinutes(5);

    private static final Duration FIRST_PENALTY = Duration.ofMinutes(5);
    private static final Duration LONGEST_PENALTY = Duration.ofHours(1);
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 10;

    private Governor() {
    }

    /** Returns the penalty that follows {@code before} because the mastership of {@code epoch} was lost. */
    static Penalty after(Optional<Penalty> before, Epoch epoch, String reason, Instant now) {
        int strikes = before.filter(last -> now.isBefore(last.until().plus(FORGOTTEN_AFTER)))
                .map(last -> last.strikes() + 1).orElse(1);
        return new Penalty(strikes, epoch, reason, now, now.plus(length(strikes)));
    }

    private static Duration length(int strikes) {
        if (strikes < 2) {
            return Duration.ZERO;
        }
        Duration doubled = FIRST_PENALTY.multipliedBy(1L << Math.min(strikes - 2, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST_PENALTY) < 0 ? doubled : LONGEST_PENALTY;
    }
}
