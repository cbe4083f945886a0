package io.curia.admin.drill;

import java.time.Duration;
import java.util.Optional;

/** What came of a drill, in sentences. */
public final class DrillWords {

    private DrillWords() {
    }

    /** Returns one round in one line. */
    public static String of(Round round, Fault fault) {
        StringBuilder line = new StringBuilder(round.victim().id() + " (epoch " + round.victim().epoch() + ") "
                + fault.done());
        round.successor().ifPresent(successor -> line.append("; ").append(successor).append(" is master")
                .append(round.epochAfter().map(epoch -> " in epoch " + epoch).orElse("")));
        line.append("; ").append(Millis.spell(round.withoutMaster())).append(" ms without a master");
        if (!round.twoMasters().isZero()) {
            line.append(", ").append(Millis.spell(round.twoMasters())).append(" ms with TWO");
        }
        round.back().ifPresent(back -> line.append("; ").append(round.victim().id()).append(" back after ")
                .append(Millis.spell(back)).append(" ms"));
        round.missing().ifPresent(missing -> line.append("; NOT CONFIRMED: ").append(missing));
        return line.toString();
    }

    /** Returns the whole drill in one line. */
    public static String of(DrillResult result) {
        StringBuilder line = new StringBuilder("drill " + result.fault().verb() + " on cluster " + result.cluster()
                + ": " + result.rounds().size() + " of " + result.asked() + " rounds");
        result.series(Figure.WITHOUT_MASTER).ifPresent(series -> line.append("; without a master ")
                .append(Millis.spell(series.median())).append(" ms (median), ")
                .append(Millis.spell(series.greatest())).append(" ms (worst)"));
        result.series(Figure.TWO_MASTERS).ifPresent(series -> line.append("; two masters ")
                .append(Millis.spell(series.greatest())).append(" ms"));
        return line.append("; ").append(verdict(result)).toString();
    }

    /** Returns the verdict in words. */
    public static String verdict(DrillResult result) {
        String objective = result.objective().map(longest -> "objective " + longest.toMillis() + " ms ").orElse("");
        return switch (result.verdict()) {
            case PASSED -> objective.isEmpty() ? "no objective was set" : objective + "met";
            case MISSED -> result.rounds().stream().anyMatch(round -> !round.twoMasters().isZero())
                    ? "TWO MASTERS AT ONCE" : objective + "MISSED";
            case NOT_CONFIRMED -> "NOT CONFIRMED in time";
            case INTERRUPTED -> "interrupted";
        };
    }

    /** Returns what {@code round} missed. */
    static String miss(Round round, Optional<Duration> objective) {
        return round.twoMasters().isZero()
                ? Millis.spell(round.withoutMaster()) + " ms without a valid master (objective: "
                        + objective.map(Duration::toMillis).orElse(0L) + " ms)"
                : Millis.spell(round.twoMasters()) + " ms with two valid masters (expected: 0)";
    }
}
