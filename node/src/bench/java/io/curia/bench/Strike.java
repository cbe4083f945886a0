package io.curia.bench;

import io.curia.bench.Candidates.Candidate;
import io.curia.model.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One fault, carried out on one cluster, and what came of it. Those of whom nobody dies are {@link Survived}. */
final class Strike {

    private final Round round;
    private final Candidates cluster;
    private final boolean checkWitness;

    Strike(Round round, boolean checkWitness) {
        this.round = round;
        this.cluster = round.cluster();
        this.checkWitness = checkWitness && round.isCuria();
    }

    /** Returns once it is known what came of it. */
    void carryOut() throws IOException, InterruptedException {
        List<Candidate> queue = cluster.queue();
        Candidate master = queue.get(0);
        List<Candidate> others = queue.subList(1, queue.size());
        switch (round.fault()) {
            case KILL, FRESH, AGAIN -> succeed(List.of(master), others);
            case DOUBLE -> succeed(queue.subList(0, 2), queue.subList(2, queue.size()));
            case TERM -> {
                long struckNanos = succeed(List.of(master), others);
                round.add(Measure.ENDED, master.child().awaitEnd(Lab.PATIENCE) - struckNanos);
            }
            case STANDBY -> loseStandby(queue.get(queue.size() - 1));
            case RESTART -> restart(master, others);
            case STOP -> new Survived(round, master, others).stop();
            case BLINK -> new Survived(round, master, others).blink();
            case SLANDER -> new Survived(round, master, others).slander();
            case CUT -> new Survived(round, master, others).cut();
        }
    }

    private long succeed(List<Candidate> victims, List<Candidate> survivors) throws IOException, InterruptedException {
        String registration = cluster.registration(victims.get(0));
        CompletableFuture<Long> gone = round.records().gone(registration);
        CompletableFuture<Long> claimed = round.claim();
        Announcement successor = Announcement.ofMaster(survivors);
        try (StatusWitness asking = checkWitness ? ask(survivors) : StatusWitness.idle()) {
            long struckNanos = System.nanoTime();
            victims.forEach(victim -> hurt(victim.child()));
            long masterNanos = successor.await(Lab.PATIENCE);
            round.add(Measure.MASTER, masterNanos - struckNanos);
            round.add(Measure.GONE, Round.when(gone, registration + " did not go") - struckNanos);
            if (round.isCuria()) {
                round.add(Measure.CLAIMED, Round.when(claimed, "no claim was seen") - struckNanos);
            }
            if (checkWitness) {
                round.add(Measure.POLLED, asking.await(Lab.PATIENCE) - masterNanos);
            }
            return struckNanos;
        }
    }

    private void hurt(Child victim) {
        if (round.fault() == Fault.TERM) {
            victim.terminate();
        } else {
            victim.kill();
        }
    }

    private void loseStandby(Candidate victim) throws IOException, InterruptedException {
        String registration = cluster.registration(victim);
        CompletableFuture<Long> gone = round.records().gone(registration);
        long struckNanos = System.nanoTime();
        victim.child().kill();
        round.add(Measure.GONE, Round.when(gone, registration + " did not go") - struckNanos);
    }

    /** Its supervisor is quick: the next process of that id is there before anybody could take over. */
    private void restart(Candidate master, List<Candidate> others) throws IOException, InterruptedException {
        CompletableFuture<Long> claimed = round.claim();
        Announcement successor = Announcement.ofMaster(others);
        long struckNanos = System.nanoTime();
        master.child().kill();
        master.child().awaitEnd(Lab.PATIENCE);
        Candidate again = cluster.startAgain(master);
        round.add(Measure.MASTER, successor.await(Lab.PATIENCE) - struckNanos);
        round.add(Measure.READY, again.child().await("ready", Lab.PATIENCE).nanos() - struckNanos);
        if (round.isCuria()) {
            round.add(Measure.CLAIMED, Round.when(claimed, "no claim was seen") - struckNanos);
        }
    }

    private StatusWitness ask(List<Candidate> survivors) throws IOException, InterruptedException {
        List<Endpoint> addresses = new ArrayList<>();
        for (Candidate survivor : survivors) {
            addresses.add(survivor.address());
        }
        StatusWitness asking = StatusWitness.watch(addresses, round.records().epoch(cluster.master()));
        Pause.of(Pause.A_MOMENT); // The connections stand, the questions come regularly.
        return asking;
    }
}
