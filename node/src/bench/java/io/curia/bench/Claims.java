package io.curia.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When each of several programs said that it was master, by the monotonic clock that all processes of a host share.
 *
 * @param of the intervals of each program
 * @param grainMillis how far apart the questions were, on average, where that was worst
 */
record Claims(Map<Child, List<Interval>> of, double grainMillis) {

    /** From the first to the last time that it said so without a break. */
    record Interval(long fromNanos, long toNanos) {

        /** Returns for how long this and {@code other} were both said. */
        long commonNanos(Interval other) {
            return Math.max(0, Math.min(toNanos, other.toNanos) - Math.max(fromNanos, other.fromNanos));
        }

        /** Returns for how long this was said after that moment. */
        long nanosAfter(long momentNanos) {
            return Math.max(0, toNanos - Math.max(fromNanos, momentNanos));
        }
    }

    /** Returns what the programs have said since they were last asked, and what still goes on. */
    static Claims ask(List<Child> programs) throws IOException, InterruptedException {
        Map<Child, List<Interval>> claims = new HashMap<>();
        double worst = 0;
        for (Child program : programs) {
            int from = program.heard();
            program.say("report");
            Child.Line end = program.await(from, text -> text.startsWith("reported "), Lab.PATIENCE);
            worst = Math.max(worst, Figures.millis(number(end, "grain")));
            claims.put(program, program.heard(from, "claimed ").stream()
                    .map(line -> new Interval(number(line, "from"), number(line, "to"))).toList());
        }
        return new Claims(claims, worst);
    }

    private static long number(Child.Line line, String key) {
        return Long.parseLong(line.value(key).orElseThrow());
    }

    /** Fails unless a program's clock reads between two readings of ours that surround it. */
    static void requireSharedClock(Child program) throws IOException, InterruptedException {
        int from = program.heard();
        long before = System.nanoTime();
        program.say("clock");
        long theirs = number(program.await(from, text -> text.startsWith("clock "), Lab.PATIENCE), "at");
        if (theirs - before < 0 || System.nanoTime() - theirs < 0) {
            throw new IOException("processes of this system do not share System.nanoTime(): " + program.name()
                    + " read " + theirs + " after " + before + " here");
        }
    }

    /** Returns the program that said so last. */
    Child latest() throws IOException {
        return of.entrySet().stream().filter(each -> !each.getValue().isEmpty())
                .max((a, b) -> Long.compare(last(a.getValue()), last(b.getValue())))
                .orElseThrow(() -> new IOException("nobody has said that it is master")).getKey();
    }

    private static long last(List<Interval> intervals) {
        return intervals.get(intervals.size() - 1).toNanos();
    }

    /** Returns for how long {@code program} said so after that moment. */
    double millisAfter(Child program, long momentNanos) {
        return Figures.millis(of.get(program).stream().mapToLong(claim -> claim.nanosAfter(momentNanos)).sum());
    }

    /** Returns for how long any two of them said so at the same time. */
    double commonMillis() {
        List<Child> programs = new ArrayList<>(of.keySet());
        long nanos = 0;
        for (int one = 0; one < programs.size(); one++) {
            for (int other = one + 1; other < programs.size(); other++) {
                for (Interval claim : of.get(programs.get(one))) {
                    nanos += of.get(programs.get(other)).stream().mapToLong(claim::commonNanos).sum();
                }
            }
        }
        return Figures.millis(nanos);
    }
}
