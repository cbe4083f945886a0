package io.curia.zookeeper;

import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.ZooKeeper;

/** Reads how many registrations there are. */
final class MemberCount {

    private MemberCount() {
    }

    /** Completes with their number, for which none of them is listed. */
    static CompletableFuture<Integer> now(ZooKeeper zk, ZnodePaths paths) {
        return Reads.exists(zk, paths.live(), null)
                .thenApply(found -> found.orThrow().isThere() ? found.stat().getNumChildren() : 0);
    }

    /** Completes with their number; {@code whenChanged} is told once of the next change, and of a lost connection. */
    static CompletableFuture<Integer> watched(ZooKeeper zk, ZnodePaths paths, Runnable whenChanged) {
        return Reads.children(zk, paths.live(), new NextChange(whenChanged))
                .thenApply(listed -> listed.orThrow().names().size());
    }
}
