package io.curia.admin.drill;

import io.curia.model.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How long there was no valid master, and how long there were two, computed from what nodes answered.
 *
 * <p>What an answer says was so at an unknown moment between the question and the answer. Without a master counts
 * everything that was not certainly with one; with two counts only what was certainly with two.
 */
final class Overlap {

    /** From, inclusive, to, exclusive. */
    private record Span(long from, long to) {

        long length() {
            return Math.max(0, to - from);
        }

        Span and(Span other) {
            return new Span(Math.max(from, other.from), Math.min(to, other.to));
        }
    }

    private Overlap() {
    }

    /** Returns for how many nanoseconds between the two moments no node was known to be a valid master. */
    static long withoutMaster(Map<NodeId, List<Run>> nodes, long from, long to) {
        List<Span> spans = new ArrayList<>();
        nodes.values().forEach(runs -> spans.addAll(covered(runs)));
        spans.sort(Comparator.comparingLong(Span::from));
        long without = 0;
        long reached = from;
        for (Span span : spans) {
            if (span.from - reached > 0) {
                without += Math.min(span.from, to) - reached;
            }
            reached = Math.max(reached, Math.min(span.to, to));
            if (reached >= to) {
                return without;
            }
        }
        return without + to - reached;
    }

    /** A silence is bridged if the node said the same on both sides: its epoch would have changed otherwise. */
    private static List<Span> covered(List<Run> runs) {
        List<Span> spans = new ArrayList<>();
        Run held = null;
        for (Run run : runs) {
            if (held != null && held.saysTheSameAs(run)) {
                held = held.continuedBy(run);
                continue;
            }
            addIfValid(held, spans);
            held = run;
        }
        addIfValid(held, spans);
        return spans;
    }

    private static void addIfValid(Run run, List<Span> spans) {
        if (run != null && run.valid() && run.lastAsked() > run.firstAnswered()) {
            spans.add(new Span(run.firstAnswered(), run.lastAsked()));
        }
    }

    /** Returns for how many nanoseconds two nodes were certainly valid masters at once. */
    static long withTwoMasters(Map<NodeId, List<Run>> nodes) {
        List<List<Run>> valid = nodes.values().stream()
                .map(runs -> runs.stream().filter(Run::valid).toList()).toList();
        long both = 0;
        for (int i = 0; i < valid.size(); i++) {
            for (int j = i + 1; j < valid.size(); j++) {
                for (Run one : valid.get(i)) {
                    for (Run other : valid.get(j)) {
                        both += overlap(one, other);
                    }
                }
            }
        }
        return both;
    }

    private static long overlap(Run one, Run other) {
        long certain = inner(one).and(inner(other)).length();
        return certain > 0 ? certain : Math.max(within(one, other), within(other, one));
    }

    /** One answer alone counts if the other node was valid all the time in which it may have been given. */
    private static long within(Run answer, Run other) {
        Span outer = new Span(answer.firstAsked(), answer.lastAnswered());
        return answer.answers() == 1 && outer.and(inner(other)).equals(outer) ? outer.length() : 0;
    }

    private static Span inner(Run run) {
        return new Span(run.firstAnswered(), run.lastAsked());
    }
}
