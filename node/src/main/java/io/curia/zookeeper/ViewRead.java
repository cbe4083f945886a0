package io.curia.zookeeper;

import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Intents;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.RosterEntry;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Children;
import io.curia.zookeeper.Reads.Found;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.zookeeper.ZooKeeper;

/**
 * Reads the whole cluster in two round trips, however many members there are: the lists, and what is listed with the
 * {@code master} record and the list of registrations once more. If a mastership or a registration began or ended in
 * between, it is read anew: the roster entry of a node that has just registered, without its registration, is that of
 * a node that vanished.
 */
final class ViewRead {

    private static final int ATTEMPTS = 10;

    private final ZooKeeper zk;
    private final ZnodePaths paths;
    private final Function<Found, ClusterIdentity> identity;
    private final boolean together;

    /** @param together whether to read many records with one request */
    ViewRead(ZooKeeper zk, ZnodePaths paths, Function<Found, ClusterIdentity> identity, boolean together) {
        this.zk = zk;
        this.paths = paths;
        this.identity = identity;
        this.together = together;
    }

    CompletableFuture<ClusterView> take() {
        return take(ATTEMPTS);
    }

    private CompletableFuture<ClusterView> take(int attempts) {
        CompletableFuture<Found> sync = Reads.sync(zk, paths.base());
        CompletableFuture<Found> cluster = Reads.data(zk, paths.cluster(), null);
        CompletableFuture<Found> before = Reads.data(zk, paths.master(), null);
        CompletableFuture<Children> roster = Reads.children(zk, paths.roster());
        CompletableFuture<Children> live = Reads.children(zk, paths.live());
        return CompletableFuture.allOf(sync, cluster, before, roster, live).thenCompose(listed -> {
            sync.join().orThrow();
            ClusterIdentity which = identity.apply(cluster.join());
            CompletableFuture<List<Found>> entries = reads(roster.join().orThrow());
            CompletableFuture<List<Found>> members = reads(live.join().orThrow());
            CompletableFuture<Children> liveAfter = Reads.children(zk, paths.live());
            CompletableFuture<Found> after = Reads.data(zk, paths.master(), null);
            CompletableFuture<Intents> intents = intents(zk, paths);
            return CompletableFuture.allOf(entries, members, liveAfter, after, intents).thenCompose(read -> {
                MasterRecord master = master(after.join());
                boolean torn = master.version() != master(before.join()).version()
                        || !Set.copyOf(liveAfter.join().orThrow().names()).equals(Set.copyOf(live.join().names()));
                if (torn && attempts > 1) {
                    return take(attempts - 1);
                }
                return CompletableFuture.completedFuture(view(which, master, entries.join(), members.join(),
                        intents.join()));
            });
        });
    }

    private CompletableFuture<List<Found>> reads(Children children) {
        List<String> listed = children.names().stream().map(name -> children.path() + "/" + name).toList();
        return together ? BulkRead.of(zk, listed)
                : all(listed.stream().map(path -> Reads.data(zk, path, null)).toList());
    }

    private MasterRecord master(Found found) {
        if (!found.orThrow().isThere()) {
            throw new StoreException(Kind.NOT_FOUND, paths.master() + ": the cluster's znodes were removed");
        }
        return RecordCodec.masterRecord(found.path(), found.data(), found.stat().getVersion());
    }

    private static ClusterView view(ClusterIdentity which, MasterRecord master, List<Found> entries,
            List<Found> members, Intents intents) {
        List<RosterEntry> roster = entries.stream().flatMap(found -> ZkClusterStore.entry(found).stream()).toList();
        List<Member> live = members.stream().flatMap(found -> ZkClusterStore.member(found).stream()).toList();
        return ClusterView.of(which, master, roster, live, intents, Instant.now());
    }

    /** Completes with what operators want, but for the queue. */
    static CompletableFuture<Intents> intents(ZooKeeper zk, ZnodePaths paths) {
        return Reads.data(zk, paths.switchover(), null).thenCombine(Reads.data(zk, paths.pause(), null),
                (switchover, pause) -> new Intents(IntentCodec.switchover(switchover), IntentCodec.pause(pause),
                        Optional.empty()));
    }

    /** Completes with all results, in order, once all are there. */
    static <T> CompletableFuture<List<T>> all(List<CompletableFuture<T>> pending) {
        return CompletableFuture.allOf(pending.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> pending.stream().map(CompletableFuture::join).toList());
    }
}
