package io.curia.bench;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One fault about to be tried on one cluster, and where what is seen of it goes.
 *
 * @param figures where it goes
 * @param records what ZooKeeper says
 * @param setup of the cluster
 * @param fault what is done to it
 * @param cluster to whom
 */
record Round(FailoverFigures figures, Records records, Setup setup, Fault fault, Candidates cluster) {

    void add(Measure measure, long nanos) {
        figures.add(setup, fault, measure, cluster.arm(), Figures.millis(nanos));
    }

    boolean isCuria() {
        return cluster.arm().isCuria();
    }

    /** Returns when the next epoch was claimed, never where there are none; counts those that nobody caused. */
    CompletableFuture<Long> claim() throws IOException, InterruptedException {
        if (!isCuria()) {
            return new CompletableFuture<>();
        }
        long epoch = records.epoch(cluster.master());
        figures.addNeedless(cluster.changesUntil(epoch));
        return records.claimed(cluster.master(), epoch);
    }

    /** Returns when it happened, or fails with these words. */
    static long when(CompletableFuture<Long> event, String otherwise) throws IOException, InterruptedException {
        try {
            return event.get(Lab.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(otherwise + " within " + Lab.PATIENCE, e);
        }
    }
}
