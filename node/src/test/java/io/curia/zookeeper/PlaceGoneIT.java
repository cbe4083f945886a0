package io.curia.zookeeper;

import static io.curia.store.TestRecords.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.ClusterIdentity;
import io.curia.model.Observation;
import io.curia.store.NodeSession;
import io.curia.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.ZooKeeper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A deposed master learns of it no later than its successor: before anything is read, let alone decided. */
class PlaceGoneIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Holds up the session's own thread once it has seen its place, so that only the watch itself can tell. */
    private static final class Slow implements NodeSession.Observer {
        private final CompletableFuture<String> queued = new CompletableFuture<>();
        private final CompletableFuture<String> gone = new CompletableFuture<>();

        @Override
        public void onCluster(ClusterIdentity cluster) {
            // Of no concern here.
        }

        @Override
        public void onObservation(Observation observation) {
            observation.latch().ifPresent(place -> {
                queued.complete(place.path());
                gone.join();
            });
        }

        @Override
        public void onPlaceGone(String latchPath) {
            gone.complete(latchPath);
        }

        @Override
        public void onFailure(StoreException failure) {
            gone.completeExceptionally(failure);
        }
    }

    @Test
    void theDeletionOfItsPlaceIsToldWhileTheSessionIsStillBusyWithWhatItSawBefore() throws Exception {
        try (TestServer server = TestServer.start();
                ZooKeeperConnection connection = ZooKeeperConnection.forNode(server.newCluster())) {
            Slow observer = new Slow();
            NodeSession session = connection.session(node("n1"));
            session.open(observer);
            Awaitility.await().atMost(PATIENCE).until(() -> {
                session.enterLatch();
                return observer.queued.isDone();
            });
            ZooKeeper hand = server.bareClient();
            try {
                hand.delete(observer.queued.join(), -1);
            } finally {
                hand.close();
            }

            assertThat(observer.gone.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(observer.queued.join());
        }
    }
}
