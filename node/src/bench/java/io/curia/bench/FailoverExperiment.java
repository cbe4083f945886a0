package io.curia.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Masters, and others, are killed, told to end, and stopped, in clusters of each arm, round by round on the same
 * servers: from just before the signal to the next master.
 *
 * <p>Of each arm some clusters stand side by side, so that those just hurt can be made whole, and rest, while others
 * are measured. Rounds that are over in milliseconds are carried out one at a time; rounds that wait for a session
 * together, because ten seconds do not mind the milliseconds that they cost each other.
 */
final class FailoverExperiment implements Experiment {

    /** A node rehearses a succession, many times, from some seconds after its start; until then nobody is hurt. */
    private static final Duration REST = Duration.ofSeconds(9);
    /** The most of the memory there is that clusters may take. */
    private static final double MEMORY_SHARE = 0.6;

    private final FailoverFigures figures = new FailoverFigures();
    private Lab lab;
    private Records records;

    @Override
    public List<Row> run(Lab where) throws IOException, InterruptedException {
        lab = where;
        try (Records opened = Records.open(lab.connectString())) {
            records = opened;
            for (Setup setup : lab.failover().setups()) {
                measure(setup);
            }
        } catch (IOException e) {
            lab.rescue(figures.rows());
            throw e;
        }
        return figures.rows();
    }

    /** All arms in turn, or, where they do not fit into memory together, one after the other. */
    private void measure(Setup setup) throws IOException, InterruptedException {
        List<Arm> arms = lab.failover().arms();
        double mib = MEMORY_SHARE * ProcFs.availableMib();
        if (arms.size() * setup.clusterMib() <= mib) {
            measure(setup, arms, (int) (mib / arms.size() / setup.clusterMib()));
        } else if (setup.clusterMib() <= mib) {
            for (Arm arm : arms) {
                measure(setup, List.of(arm), (int) (mib / setup.clusterMib()));
            }
        } else {
            lab.say("left out, for want of memory: " + setup);
        }
    }

    private void measure(Setup setup, List<Arm> arms, int fitting) throws IOException, InterruptedException {
        int beside = Math.min(Math.min(lab.failover().beside(), lab.rounds()), fitting);
        Map<Arm, List<Candidates>> clusters = new EnumMap<>(Arm.class);
        try {
            for (Arm arm : arms) {
                List<Candidates> some = new ArrayList<>();
                clusters.put(arm, some);
                for (int i = 0; i < beside; i++) {
                    some.add(new Candidates(lab, records, arm, setup, lab.failover().session()));
                }
            }
            for (Fault fault : lab.failover().faults()) {
                new Rounds(setup, fault, clusters).carryOut();
            }
        } finally {
            clusters.values().forEach(some -> some.forEach(Candidates::close));
        }
    }

    /** All rounds of one fault. */
    private final class Rounds {

        private final Setup setup;
        private final Fault fault;
        private final Map<Arm, List<Candidates>> clusters;

        Rounds(Setup setup, Fault fault, Map<Arm, List<Candidates>> clusters) {
            this.setup = setup;
            this.fault = fault;
            this.clusters = clusters;
        }

        void carryOut() throws IOException, InterruptedException {
            List<Candidates> now = due();
            while (!now.isEmpty()) {
                lab.say("failover, " + setup + ": " + fault + " " + progress());
                prepare(now);
                List<Candidates> slow = now.stream().filter(one -> fault.waitsForSession(one.arm())).toList();
                for (Candidates one : now) {
                    if (!slow.contains(one)) {
                        lab.settle(200, 500);
                        strike(one);
                    }
                }
                lab.settle(200, 500);
                together(slow.stream().<Callable<Void>>map(one -> () -> strike(one)).toList());
                now = due();
            }
        }

        /** Of each arm as many clusters as it has rounds left to go. */
        private List<Candidates> due() {
            List<Candidates> due = new ArrayList<>();
            clusters.forEach((arm, some) -> {
                int left = fault.arms().contains(arm) ? rounds(arm) - figures.size(setup, fault, arm) : 0;
                due.addAll(some.subList(0, Math.max(0, Math.min(left, some.size()))));
            });
            return due;
        }

        private int rounds(Arm arm) {
            return fault.waitsForSession(arm) ? Math.min(lab.rounds(), lab.failover().slowRounds()) : lab.rounds();
        }

        private String progress() {
            return String.join(", ", clusters.keySet().stream().filter(fault.arms()::contains)
                    .map(arm -> figures.size(setup, fault, arm) + "/" + rounds(arm) + " " + arm).toList());
        }

        private Void strike(Candidates one) throws IOException, InterruptedException {
            new Strike(new Round(figures, records, setup, fault, one), lab.failover().checkWitness()).carryOut();
            return null;
        }

        private void prepare(List<Candidates> now) throws IOException, InterruptedException {
            for (Candidates one : now) {
                if (fault == Fault.FRESH || fault == Fault.CUT) {
                    one.beginAnew(fault == Fault.CUT);
                }
                one.start();
            }
            long youngestNanos = Long.MIN_VALUE;
            for (Candidates one : now) {
                one.awaitWhole();
                youngestNanos = Math.max(youngestNanos, one.youngestNanos());
            }
            Pause.until(youngestNanos + REST.toNanos());
            for (Candidates one : now) {
                if (fault == Fault.AGAIN) {
                    one.rotate();
                }
                one.settled();
            }
        }
    }

    private static void together(List<Callable<Void>> strikes) throws IOException, InterruptedException {
        if (strikes.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(strikes.size());
        try {
            for (Future<Void> strike : threads.invokeAll(strikes)) {
                strike.get();
            }
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        } finally {
            threads.shutdown();
        }
    }
}
