package io.curia.bench;

import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.store.NodeSession;
import io.curia.store.NodeSession.Removal;
import io.curia.store.Outcome;
import io.curia.zookeeper.ZooKeeperConnection;
import io.curia.zookeeper.ZooKeeperSettings;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Says of a living master that it is proven dead, and removes it as nodes do; has joined nothing itself. */
final class Slanderer implements AutoCloseable {

    private final ZooKeeperConnection connection;
    private final NodeSession session;

    private Slanderer(ZooKeeperConnection connection) {
        this.connection = connection;
        this.session = connection.session(NodeId.of("slanderer"));
    }

    /** Returns one that is connected. */
    static Slanderer in(ZooKeeperSettings settings) throws IOException, InterruptedException {
        Slanderer slanderer = new Slanderer(ZooKeeperConnection.forNode(settings));
        long deadline = System.nanoTime() + Lab.PATIENCE.toNanos();
        while (slanderer.connection.ticket().isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("no connection to " + settings.connect() + " within " + Lab.PATIENCE);
            }
            Pause.of(Pause.A_LOOK);
        }
        return slanderer;
    }

    /** Removes the master; returns when that was about to be asked for. */
    long removeMaster() throws IOException, InterruptedException {
        Tenure tenure = connection.store().master().tenure().orElseThrow();
        Removal removal = new Removal(tenure.id(), tenure.incarnation(), true, "slander, to see what it costs",
                Instant.now().truncatedTo(ChronoUnit.MILLIS));
        long nowNanos = System.nanoTime();
        try {
            Outcome outcome = session.remove(List.of(removal)).toCompletableFuture().get();
            if (!outcome.isDone()) {
                throw new IOException("the removal of a living master: " + outcome);
            }
        } catch (ExecutionException e) {
            throw new IOException("the removal of a living master", e.getCause());
        }
        return nowNanos;
    }

    @Override
    public void close() {
        connection.close();
    }
}
