package io.curia.bench;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One thing measured: of Curia and, where it has the like, of a bare Curator program.
 *
 * @param topic under which it was asked for
 * @param what what was measured
 * @param unit the unit of both series
 * @param ours Curia's values; may be empty, then {@code note} says why
 * @param session those of nodes that wait for sessions to expire; empty where that makes no difference
 * @param bare the bare Curator program's values; empty where it has nothing like it
 * @param goals what Curia's values are held against
 * @param rival what Curia's values must be in comparison with the bare program's
 * @param note how to read it; may be empty
 */
record Row(Topic topic, String what, String unit, Series ours, Series session, Series bare, List<Goal> goals,
        Rival rival, String note) {

    /** How Curia's values compare with the bare program's. */
    enum Rival {
        NONE(""), NO_WORSE("no worse than bare"), HUNDRED_TIMES_FASTER("all <= bare's median / 100");

        /** Two series of the same thing differ by about this much on a quiet machine. */
        private static final double TOLERANCE = 1.05;
        private static final double HUNDRED = 100;

        private final String words;

        Rival(String words) {
            this.words = words;
        }

        private boolean isMetBy(Series ours, Series bare) {
            return bare.isEmpty() || switch (this) {
                case NONE -> true;
                case NO_WORSE -> ours.median() <= bare.median() * TOLERANCE;
                case HUNDRED_TIMES_FASTER -> ours.max() * HUNDRED <= bare.median();
            };
        }
    }

    Row {
        goals = List.copyOf(goals);
    }

    static Row of(Topic topic, String what, String unit, Series ours, Series bare, Goal... goals) {
        return new Row(topic, what, unit, ours, new Series(), bare, List.of(goals), Rival.NONE, "");
    }

    Row withSession(Series values) {
        return new Row(topic, what, unit, ours, values, bare, goals, rival, note);
    }

    Row heldAgainst(Rival how) {
        return new Row(topic, what, unit, ours, session, bare, goals, how, note);
    }

    Row noted(String words) {
        return new Row(topic, what, unit, ours, session, bare, goals, rival, words);
    }

    /** Returns whether every goal is met; empty if there is none, or nothing to hold against it. */
    Optional<Boolean> isMet() {
        boolean comparable = rival != Rival.NONE && !bare.isEmpty();
        if (ours.isEmpty() || goals.isEmpty() && !comparable) {
            return Optional.empty();
        }
        return Optional.of(goals.stream().allMatch(goal -> goal.isMetBy(ours)) && rival.isMetBy(ours, bare));
    }

    String goalWords() {
        return Stream.concat(goals.stream().map(Goal::toString), Stream.of(rival.words))
                .filter(words -> !words.isEmpty()).collect(Collectors.joining(", "));
    }
}
