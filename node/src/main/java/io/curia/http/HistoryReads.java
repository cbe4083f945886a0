package io.curia.http;

import io.curia.document.HistoryDocument;
import io.curia.document.Reign;
import io.curia.model.ClusterEvent;
import io.curia.model.ClusterIdentity;
import io.curia.store.History;
import io.curia.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The masterships, as {@code admin-cli history -o json} lists them. Up to a thousand records are read for it, so
 * whoever asks within a second of another gets the same.
 */
final class HistoryReads implements Resource {

    private static final long KEEP_NANOS = Duration.ofSeconds(1).toNanos();

    private final Subject subject;
    private final Executor reader;
    private final Clock clock;
    private CompletableFuture<Answer> last = CompletableFuture.completedFuture(Answer.empty(503));
    private long readNanos = System.nanoTime() - KEEP_NANOS;

    HistoryReads(Subject subject, Executor reader, Clock clock) {
        this.subject = subject;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public synchronized CompletionStage<Answer> answer(Question question) {
        if (last.isDone() && System.nanoTime() - readNanos >= KEEP_NANOS) {
            try {
                last = CompletableFuture.supplyAsync(this::read, reader);
                readNanos = System.nanoTime();
            } catch (RejectedExecutionException e) {
                return Answer.error(503, "BUSY", "too many readings under way; try again").now();
            }
        }
        return last;
    }

    private Answer read() {
        try {
            History history = subject.history().orElseThrow(() -> new StoreException(StoreException.Kind.UNAVAILABLE,
                    "ZooKeeper was not reached yet"));
            ClusterIdentity cluster = subject.state().cluster().orElseThrow(() -> new StoreException(
                    StoreException.Kind.UNAVAILABLE, "the cluster is not known yet"));
            List<ClusterEvent> events = history.after(History.BEGINNING, HistoryDocument.types()).events();
            List<Reign> reigns = Reign.of(events);
            return Answer.json(200, HistoryDocument.of(cluster, reigns, HistoryDocument.acts(reigns, events),
                    clock.instant()).build());
        } catch (StoreException e) {
            return Answer.error(503, "UNAVAILABLE", "the history cannot be read: " + e.kind());
        }
    }
}
