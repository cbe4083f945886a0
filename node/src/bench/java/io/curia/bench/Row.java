package io.curia.bench;

import java.util.List;
import java.util.Optional;

/**
 * One thing measured: of Curia and, where it has the like, of a bare Curator program.
 *
 * @param topic under which it was asked for
 * @param what what was measured
 * @param unit the unit of both series
 * @param ours Curia's values; may be empty, then {@code note} says why
 * @param bare the bare Curator program's values; empty where it has nothing like it
 * @param goals what Curia's values are held against
 * @param noWorseThanBare whether Curia's median is also held against the other one
 * @param note how to read it; may be empty
 */
record Row(Topic topic, String what, String unit, Series ours, Series bare, List<Goal> goals,
        boolean noWorseThanBare, String note) {

    /** Tolerance of "no worse": two series of the same thing differ by about this much on a quiet machine. */
    private static final double TOLERANCE = 1.05;

    Row {
        goals = List.copyOf(goals);
    }

    static Row of(Topic topic, String what, String unit, Series ours, Series bare, Goal... goals) {
        return new Row(topic, what, unit, ours, bare, List.of(goals), false, "");
    }

    Row heldAgainstBare() {
        return new Row(topic, what, unit, ours, bare, goals, true, note);
    }

    Row noted(String words) {
        return new Row(topic, what, unit, ours, bare, goals, noWorseThanBare, words);
    }

    /** Returns whether every goal is met; empty if there is none, or nothing to hold against it. */
    Optional<Boolean> isMet() {
        boolean comparable = noWorseThanBare && !bare.isEmpty();
        if (ours.isEmpty() || goals.isEmpty() && !comparable) {
            return Optional.empty();
        }
        boolean met = goals.stream().allMatch(goal -> goal.isMetBy(ours));
        return Optional.of(met && (!comparable || ours.median() <= bare.median() * TOLERANCE));
    }

    String goalWords() {
        String words = String.join(", ", goals.stream().map(Goal::toString).toList());
        return noWorseThanBare ? words + (words.isEmpty() ? "" : ", ") + "no worse than bare" : words;
    }
}
