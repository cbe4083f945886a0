package io.curia.zookeeper;

import io.curia.model.ClusterIdentity;
import io.curia.store.ClusterStore.Initialized;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/**
 * Makes a cluster's tree.
 *
 * <p>Every znode is created if it is absent, and the identity is created last: two who do this at once, or one who
 * finishes what another began, end with one complete tree and one identity. All parents are persistent; a container
 * would be removed while empty and its sequence numbers would begin anew.
 */
final class ClusterTree {

    private static final byte[] NO_DATA = new byte[0];

    private final ZooKeeperSettings settings;
    private final ZnodePaths paths;
    private final List<ACL> acl;
    private final List<ACL> shared;

    ClusterTree(ZooKeeperSettings settings) {
        this.settings = settings;
        this.paths = ZnodePaths.of(settings);
        this.acl = ClientSettings.acl(settings);
        this.shared = ClientSettings.sharedAcl(settings);
    }

    /**
     * Completes with the identity of the cluster that stands after this call; exceptionally with a
     * {@link StoreException}. The requests share one round trip: a session's requests are carried out in order.
     */
    CompletableFuture<Initialized> complete(ZooKeeper zk) {
        ClusterIdentity mine =
                new ClusterIdentity(settings.cluster(), UUID.randomUUID().toString(), Instant.now());
        List<CompletableFuture<Created>> parents = new ArrayList<>();
        if (settings.connect().indexOf('/') >= 0) {
            // Below a chroot the root is a znode like any other, and may be missing.
            parents.add(create(zk, "/", NO_DATA, shared));
        }
        for (int end = paths.base().indexOf('/', 1); end > 0; end = paths.base().indexOf('/', end + 1)) {
            parents.add(create(zk, paths.base().substring(0, end), NO_DATA, shared));
        }
        parents.add(create(zk, paths.base(), NO_DATA, acl));
        for (String directory : List.of(paths.roster(), paths.live(), paths.latch(), paths.history())) {
            parents.add(create(zk, directory, NO_DATA, acl));
        }
        for (String record : List.of(paths.master(), paths.switchover(), paths.pause())) {
            parents.add(create(zk, record, RecordCodec.vacant(), acl));
        }
        return create(zk, paths.cluster(), RecordCodec.encode(mine), acl)
                .thenCompose(identity -> switch (identity.code) {
                    case OK -> CompletableFuture.completedFuture(new Initialized(mine, true));
                    case NODEEXISTS -> identity(zk).thenApply(theirs -> new Initialized(theirs, false));
                    default -> CompletableFuture.failedFuture(failure(parents, identity));
                });
    }

    private CompletableFuture<ClusterIdentity> identity(ZooKeeper zk) {
        return Reads.data(zk, paths.cluster(), null).thenApply(found -> {
            if (!found.orThrow().isThere()) {
                throw new StoreException(Kind.CONFLICT, "somebody removes the cluster's znodes as they are made");
            }
            return RecordCodec.clusterIdentity(paths.cluster(), found.data());
        });
    }

    /** The identity could not be created because something before it could not: that is what to tell. */
    private static StoreException failure(List<CompletableFuture<Created>> parents, Created identity) {
        Created failed = parents.stream()
                .map(parent -> parent.getNow(identity))
                .filter(parent -> parent.code != Code.OK && parent.code != Code.NODEEXISTS)
                .reduce((first, last) -> last.code == Code.NONODE ? first : last)
                .orElse(identity);
        return failed.code == Code.NONODE
                ? new StoreException(Kind.NOT_FOUND, "the chroot of the connect string does not exist")
                : Failures.of(failed.code, failed.path);
    }

    private CompletableFuture<Created> create(ZooKeeper zk, String path, byte[] data, List<ACL> access) {
        CompletableFuture<Created> result = new CompletableFuture<>();
        zk.create(path, data, access, CreateMode.PERSISTENT,
                (rc, p, context, name) -> result.complete(new Created(path, Code.get(rc))), null);
        return result;
    }

    /** What became of one znode. */
    private record Created(String path, Code code) {
    }
}
