package io.curia.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The master's process is stopped until another one has been master for a while, then goes on: for how long does it
 * still say that it is master, and for how long did two say so? Every program is asked from within, about ten times
 * a millisecond, on both sides alike.
 */
final class FreezeExperiment implements Experiment {

    private static final int SIZE = 3;
    private static final Duration SESSION = Duration.ofSeconds(4);
    private static final Duration AFTERWARDS = Duration.ofSeconds(1);

    private final Side ours = new Side();
    private final Side bare = new Side();

    /** What is measured of one side. */
    private static final class Side {
        private final List<Child> programs = new ArrayList<>();
        private final Series afterResume = new Series();
        private final Series overlap = new Series();
        private final Series takeover = new Series();
        private final Series grain = new Series();
    }

    @Override
    public List<Row> run(Lab lab) throws IOException, InterruptedException {
        String cluster = lab.newCluster("freeze");
        for (int i = 1; i <= SIZE; i++) {
            start(ours, lab, EmbeddedMember.class, cluster, "n" + i, lab.dataDirectory(cluster, "n" + i).toString());
            start(bare, lab, BareMember.class, cluster, "b" + i, "sampling");
        }
        for (int round = 1; round <= lab.rounds(); round++) {
            lab.say("freeze " + round + "/" + lab.rounds());
            lab.settle();
            freeze(ours);
            lab.settle();
            freeze(bare);
        }
        for (Side side : List.of(ours, bare)) {
            side.programs.forEach(Child::kill);
            for (Child program : side.programs) {
                program.awaitEnd(Lab.PATIENCE);
            }
        }
        return rows();
    }

    private static void start(Side side, Lab lab, Class<?> program, String cluster, String id, String last)
            throws IOException, InterruptedException {
        Child child = lab.program(program.getSimpleName() + " " + id, List.of(), program, lab.connectString(),
                cluster, id, Long.toString(SESSION.toMillis()), last);
        child.await("ready", Lab.PATIENCE);
        Claims.requireSharedClock(child);
        side.programs.add(child);
    }

    private List<Row> rows() {
        String note = "asked from within every " + Figures.shortly(ours.grain.max()) + " ms (bare: "
                + Figures.shortly(bare.grain.max()) + " ms) on average in the worst round";
        return List.of(
                Row.of(Topic.FREEZE, "after SIGCONT still says it is master", "ms", ours.afterResume,
                        bare.afterResume, Goal.max(0)).noted(note),
                Row.of(Topic.FREEZE, "two say so at the same time", "ms", ours.overlap, bare.overlap, Goal.max(0)),
                Row.of(Topic.FREEZE, "SIGSTOP to another master, session 4 s", "ms", ours.takeover, bare.takeover)
                        .heldAgainst(Row.Rival.NO_WORSE));
    }

    private static void freeze(Side side) throws IOException, InterruptedException {
        Child master = Claims.ask(side.programs).latest();
        List<Child> others = side.programs.stream().filter(program -> program != master).toList();
        long stoppedNanos = System.nanoTime();
        master.signal("STOP");
        long followedNanos = awaitClaim(others, stoppedNanos);
        side.takeover.add(Figures.millis(followedNanos - stoppedNanos));
        Pause.of(AFTERWARDS);
        long resumedNanos = System.nanoTime();
        master.signal("CONT");
        Pause.of(AFTERWARDS);
        Claims claims = Claims.ask(side.programs);
        side.afterResume.add(claims.millisAfter(master, resumedNanos));
        side.overlap.add(claims.commonMillis());
        side.grain.add(claims.grainMillis());
    }

    private static long awaitClaim(List<Child> others, long afterNanos) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            OptionalLong first = others.stream().flatMap(program -> program.heard(0, "claims ").stream())
                    .mapToLong(line -> Long.parseLong(line.value("at").orElseThrow()))
                    .filter(at -> at - afterNanos > 0).min();
            if (first.isPresent()) {
                return first.getAsLong();
            }
            Pause.of(Pause.A_LOOK); // Its own stamp is what counts.
        }
        throw new IOException("nobody followed the frozen master within " + Lab.PATIENCE);
    }
}
