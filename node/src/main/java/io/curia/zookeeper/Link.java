package io.curia.zookeeper;

import io.curia.store.StoreException;
import java.time.Duration;
import java.util.Optional;
import org.apache.zookeeper.ZooKeeper;

/** Whoever keeps a handle to the ensemble connected, and replaces it when its session has ended. */
interface Link extends AutoCloseable {

    /** Returns the handle if it is connected now. Does not block. */
    Optional<ZooKeeper> connected();

    /** Returns the handle once it is connected, or throws {@code UNAVAILABLE} or {@code DENIED}. Blocks. */
    ZooKeeper await(Duration atMost) throws StoreException;

    /** Runs {@code action} after every connect that may have brought another session. Must not block. */
    void onConnected(Runnable action);

    /** Ends the session. Idempotent. */
    @Override
    void close();
}
