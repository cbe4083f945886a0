package io.curia.bench;

import io.curia.bench.Candidates.Candidate;
import io.curia.model.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One fault, carried out on one cluster, and what came of it. */
final class Strike {

    private final FailoverFigures figures;
    private final Records records;
    private final Setup setup;
    private final Fault fault;
    private final Candidates cluster;
    private final boolean checkWitness;

    Strike(FailoverFigures figures, Records records, Setup setup, Fault fault, Candidates cluster,
            boolean checkWitness) {
        this.figures = figures;
        this.records = records;
        this.setup = setup;
        this.fault = fault;
        this.cluster = cluster;
        this.checkWitness = checkWitness && cluster.arm().isCuria();
    }

    /** Returns once it is known what came of it. */
    void carryOut() throws IOException, InterruptedException {
        List<Candidate> queue = cluster.queue();
        switch (fault) {
            case KILL, FRESH, AGAIN -> succeed(queue.subList(0, 1), queue.subList(1, queue.size()));
            case DOUBLE -> succeed(queue.subList(0, 2), queue.subList(2, queue.size()));
            case TERM -> {
                long struckNanos = succeed(queue.subList(0, 1), queue.subList(1, queue.size()));
                add(Measure.ENDED, queue.get(0).child().awaitEnd(Lab.PATIENCE) - struckNanos);
            }
            case STANDBY -> loseStandby(queue.get(queue.size() - 1));
            case STOP -> new Freeze(queue.get(0)).carryOut(queue.subList(1, queue.size()));
        }
    }

    private long succeed(List<Candidate> victims, List<Candidate> survivors) throws IOException, InterruptedException {
        CompletableFuture<Long> gone = records.gone(cluster.registration(victims.get(0)));
        CompletableFuture<Long> claimed = claim();
        Successor successor = Successor.of(survivors);
        try (StatusWitness asking = checkWitness ? ask(survivors) : StatusWitness.idle()) {
            long struckNanos = System.nanoTime();
            victims.forEach(victim -> hurt(victim.child()));
            long masterNanos = successor.await(Lab.PATIENCE);
            add(Measure.MASTER, masterNanos - struckNanos);
            add(Measure.GONE, when(gone, "the registration of " + victims.get(0).id() + " did not go") - struckNanos);
            if (cluster.arm().isCuria()) {
                add(Measure.CLAIMED, when(claimed, "no claim was seen") - struckNanos);
            }
            if (checkWitness) {
                add(Measure.POLLED, asking.await(Lab.PATIENCE) - masterNanos);
            }
            return struckNanos;
        }
    }

    private void hurt(Child victim) {
        if (fault == Fault.TERM) {
            victim.terminate();
        } else {
            victim.kill();
        }
    }

    private void loseStandby(Candidate victim) throws IOException, InterruptedException {
        CompletableFuture<Long> gone = records.gone(cluster.registration(victim));
        long struckNanos = System.nanoTime();
        victim.child().kill();
        add(Measure.GONE, when(gone, "the registration of " + victim.id() + " did not go") - struckNanos);
    }

    private CompletableFuture<Long> claim() throws IOException, InterruptedException {
        if (!cluster.arm().isCuria()) {
            return new CompletableFuture<>();
        }
        long epoch = records.epoch(cluster.master());
        figures.addNeedless(cluster.changesUntil(epoch));
        return records.claimed(cluster.master(), epoch);
    }

    private StatusWitness ask(List<Candidate> survivors) throws IOException, InterruptedException {
        List<Endpoint> addresses = new ArrayList<>();
        for (Candidate survivor : survivors) {
            addresses.add(survivor.address());
        }
        StatusWitness asking = StatusWitness.watch(addresses, records.epoch(cluster.master()));
        Pause.of(Pause.A_MOMENT); // The connections stand, the questions come regularly.
        return asking;
    }

    private void add(Measure measure, long nanos) {
        figures.add(setup, fault, measure, cluster.arm(), Figures.millis(nanos));
    }

    private static long when(CompletableFuture<Long> event, String otherwise) throws IOException, InterruptedException {
        try {
            return event.get(Lab.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(otherwise + " within " + Lab.PATIENCE, e);
        }
    }

    /** A master that stands still until it has been followed, and then goes on. */
    private final class Freeze {

        private final Candidate master;

        Freeze(Candidate master) {
            this.master = master;
        }

        void carryOut(List<Candidate> others) throws IOException, InterruptedException {
            CompletableFuture<Long> claimed = claim();
            Successor successor = Successor.of(others);
            long stoppedNanos = System.nanoTime();
            master.child().signal("STOP");
            try {
                add(Measure.MASTER, successor.await(Lab.PATIENCE) - stoppedNanos);
                if (master.arm().isCuria()) {
                    add(Measure.CLAIMED, when(claimed, "no claim was seen") - stoppedNanos);
                }
            } catch (IOException e) {
                master.child().signal("CONT"); // A stopped process would not even end.
                throw e;
            }
            add(Measure.STILL, master.arm().isCuria() ? resumeNode() : resumeBare());
        }

        /** The first question waits in the node's socket, so it is answered as early as anything is. */
        private long resumeNode() throws IOException, InterruptedException {
            try (LastWord asking = LastWord.of(master.address())) {
                Pause.of(Pause.A_MOMENT);
                long resumedNanos = System.nanoTime();
                master.child().signal("CONT");
                return Math.max(0, asking.lastNanos() - resumedNanos);
            }
        }

        private long resumeBare() throws IOException, InterruptedException {
            int from = master.child().heard();
            long resumedNanos = System.nanoTime();
            master.child().signal("CONT");
            Child.Line line = master.child().await(from, text -> text.startsWith("follower "), Lab.PATIENCE);
            return Long.parseLong(line.value("at").orElseThrow()) - resumedNanos;
        }
    }
}
