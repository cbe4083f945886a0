package io.curia.zookeeper;

import io.curia.model.Happening;
import io.curia.model.Intents;
import io.curia.model.Intents.Place;
import io.curia.model.MasterRecord;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.zookeeper.ZooKeeper;

/** What operators want of the mastership, as a {@link ZkClusterStore} reads and writes it. */
final class IntentStore {

    private final ZnodePaths paths;
    private final Calls calls;
    private final Supplier<Transaction> transaction;
    private final Consumer<Transaction> write;

    IntentStore(ZnodePaths paths, Calls calls, Supplier<Transaction> transaction, Consumer<Transaction> write) {
        this.paths = paths;
        this.calls = calls;
        this.transaction = transaction;
        this.write = write;
    }

    Intents read() {
        return calls.read(this::read);
    }

    private CompletableFuture<Intents> read(ZooKeeper zk) {
        CompletableFuture<Reads.Found> sync = Reads.sync(zk, paths.base());
        return ViewRead.intents(zk, paths).thenCombine(QueueRead.take(zk, paths, null), (intents, queue) ->
                new Intents(intents.switchover(), intents.pause(), Optional.of(queue)))
                .thenCombine(sync, (intents, synced) -> {
                    synced.orThrow();
                    return intents;
                });
    }

    List<Place> watchQueue(Runnable whenChanged) {
        NextChange next = new NextChange(whenChanged);
        return calls.read(zk -> QueueRead.take(zk, paths, next));
    }

    void put(Versioned<Pause> pause, List<Happening> told) {
        write.accept(transaction.get().put(paths.pause(), IntentCodec.encodePause(pause.what()), pause.version())
                .note(paths, told));
    }

    void put(Versioned<Switchover> switchover, int masterVersion) {
        write.accept(ZkNodeSession.put(transaction.get().check(paths.master(), masterVersion), paths, switchover)
                .note(paths, asked(switchover)));
    }

    private static List<Happening> asked(Versioned<Switchover> switchover) {
        return switchover.what().map(Happening::asked).stream().toList();
    }

    /** The place is looked for first: it may be gone, and one that goes meanwhile is a conflict. */
    void depose(Versioned<Switchover> switchover, MasterRecord ended) {
        Tenure tenure = ended.tenure().orElseThrow(() -> new IllegalArgumentException(
                "ended master: no tenure (expected: the one that ends)"));
        boolean placed = calls.read(zk -> Reads.data(zk, tenure.latchPath(), null)).orThrow().isThere();
        Transaction together = ZkNodeSession.put(transaction.get(), paths, switchover)
                .set(paths.master(), RecordCodec.encode(tenure), ended.version())
                .note(paths, asked(switchover)).note(paths, Happening.ending(tenure, true));
        write.accept(placed ? together.delete(tenure.latchPath()) : together);
    }
}
