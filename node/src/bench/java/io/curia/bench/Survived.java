package io.curia.bench;

import io.curia.bench.Candidates.Candidate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Faults after which the master's process still runs, and must know what it is. */
final class Survived {

    /** A pause that no guard of the session timeouts in use is shorter than. */
    private static final Duration BLINK = Duration.ofSeconds(2);

    private final Round round;
    private final Candidate master;
    private final List<Candidate> others;

    Survived(Round round, Candidate master, List<Candidate> others) {
        this.round = round;
        this.master = master;
        this.others = others;
    }

    /** It stands still until it has been followed, and then goes on. */
    void stop() throws IOException, InterruptedException {
        CompletableFuture<Long> claimed = round.claim();
        Announcement successor = Announcement.ofMaster(others);
        long stoppedNanos = System.nanoTime();
        master.child().signal("STOP");
        try {
            round.add(Measure.MASTER, successor.await(Lab.PATIENCE) - stoppedNanos);
            if (round.isCuria()) {
                round.add(Measure.CLAIMED, Round.when(claimed, "no claim was seen") - stoppedNanos);
            }
        } catch (IOException e) {
            master.child().signal("CONT"); // A stopped process would not even end.
            throw e;
        }
        round.add(Measure.STILL, round.isCuria() ? resumeNode() : resumeBare());
    }

    /** The first question waits in the node's socket, so it is answered as early as anything is. */
    private long resumeNode() throws IOException, InterruptedException {
        try (LastWord asking = LastWord.of(master.address())) {
            Pause.of(Pause.A_MOMENT);
            long resumedNanos = System.nanoTime();
            master.child().signal("CONT");
            return Math.max(0, asking.lastValidNanos() - resumedNanos);
        }
    }

    private long resumeBare() throws IOException, InterruptedException {
        int from = master.child().heard();
        long resumedNanos = System.nanoTime();
        master.child().signal("CONT");
        Child.Line line = master.child().await(from, text -> text.startsWith("follower "), Lab.PATIENCE);
        return Long.parseLong(line.value("at").orElseThrow()) - resumedNanos;
    }

    /** It stands still for less than its guard: that is nobody's business, and the next round sees the same epoch. */
    void blink() throws IOException, InterruptedException {
        round.claim();
        master.child().signal("STOP");
        try (LastWord asking = LastWord.of(master.address())) {
            Pause.of(BLINK);
            long resumedNanos = System.nanoTime();
            master.child().signal("CONT");
            round.add(Measure.VALID, asking.firstValidNanos() - resumedNanos);
        }
    }

    /** It is removed as proven dead, and lives. */
    void slander() throws IOException, InterruptedException {
        round.claim();
        try (Slanderer slanderer = round.cluster().slanderer()) {
            Announcement successor = Announcement.ofMaster(others);
            Announcement accused = Announcement.ofYielding(master);
            long removedNanos = slanderer.removeMaster();
            long masterNanos = successor.await(Lab.PATIENCE);
            long yieldedNanos = accused.await(Lab.PATIENCE);
            round.add(Measure.MASTER, masterNanos - removedNanos);
            round.add(Measure.YIELDED, yieldedNanos - removedNanos);
            round.add(Measure.BOTH, Math.max(0, yieldedNanos - masterNanos));
        }
    }

    /** It loses ZooKeeper without a word, and nobody else does. */
    void cut() throws IOException, InterruptedException {
        round.claim();
        Announcement successor = Announcement.ofMaster(others);
        Announcement lost = Announcement.ofYielding(master);
        long cutNanos = System.nanoTime();
        round.cluster().cut(master);
        try {
            long masterNanos = successor.await(Lab.PATIENCE);
            round.add(Measure.MASTER, masterNanos - cutNanos);
            if (round.isCuria()) {
                long yieldedNanos = lost.await(Lab.PATIENCE);
                round.add(Measure.YIELDED, yieldedNanos - cutNanos);
                round.add(Measure.BOTH, Math.max(0, yieldedNanos - masterNanos));
            }
        } finally {
            round.cluster().mend(master);
        }
    }
}
