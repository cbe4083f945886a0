package io.curia.admin.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a drill.
 *
 * @param cluster the cluster's name
 * @param uuid its uuid
 * @param fault what was done
 * @param asked how many rounds were asked for
 * @param objective how long a round may be without a valid master; empty if nobody said
 * @param startedAt when it began
 * @param endedAt when it ended
 * @param rounds the rounds that were begun
 */
public record DrillResult(String cluster, String uuid, Fault fault, int asked, Optional<Duration> objective,
        Instant startedAt, Instant endedAt, List<Round> rounds) {

    /** In words of programs. */
    public enum Verdict {
        /** Every round was seen to its end, and none missed the objective. */
        PASSED,
        /** A round was longer without a master than the objective allows, or had two. */
        MISSED,
        /** Something that belongs to a round was not seen in time. */
        NOT_CONFIRMED,
        /** It was ended before all rounds were done. */
        INTERRUPTED
    }

    public DrillResult {
        rounds = List.copyOf(rounds);
    }

    /** Returns the figure over all rounds in which it was seen; empty if in none. */
    public Optional<Series> series(Figure figure) {
        List<Duration> values = rounds.stream().flatMap(round -> figure.of(round).stream()).toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(new Series(values));
    }

    /** Returns the verdict; a missed objective weighs more than an incomplete round. */
    public Verdict verdict() {
        if (rounds.stream().anyMatch(round -> round.misses(objective))) {
            return Verdict.MISSED;
        }
        if (rounds.stream().anyMatch(round -> !round.isComplete())) {
            return Verdict.NOT_CONFIRMED;
        }
        return rounds.size() < asked ? Verdict.INTERRUPTED : Verdict.PASSED;
    }
}
