package io.curia.zookeeper;

import io.curia.model.ClusterIdentity;
import io.curia.model.NodeId;
import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import io.curia.zookeeper.Reads.Found;
import java.time.Duration;
import java.util.Optional;
import org.apache.zookeeper.ZooKeeper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which cluster a node is in. If the servers were wiped or restored under a running node, or somebody removed the
 * cluster and made it anew, the node finds no cluster or another one, and that must be told rather than served: the
 * epochs of one say nothing in the other.
 */
final class KnownCluster {

    /** What the znode showed. */
    enum Verdict { FIRST_SEEN, SAME, NEVER_MADE }

    private static final Logger LOG = LoggerFactory.getLogger(KnownCluster.class);

    private final NodeId self;
    private final Duration askedTimeout;
    private final String path;
    private Optional<ClusterIdentity> identity = Optional.empty();
    private Found checked;
    private long knownSession;

    KnownCluster(NodeId self, ZnodePaths paths, Duration askedTimeout) {
        this.self = self;
        this.askedTimeout = askedTimeout;
        this.path = paths.cluster();
    }

    /** Compares what was found with what is known; throws if the cluster known is gone or is another one. */
    Verdict check(ZooKeeper zk, Found found) {
        if (found == checked) {
            return Verdict.SAME;
        }
        if (!found.isThere()) {
            if (identity.isPresent()) {
                throw new StoreException(Kind.NOT_FOUND, path + ": the cluster's znodes were removed");
            }
            return Verdict.NEVER_MADE;
        }
        ClusterIdentity read = RecordCodec.clusterIdentity(path, found.data());
        boolean known = identity.isPresent();
        if (known && !identity.get().uuid().equals(read.uuid())) {
            throw new StoreException(Kind.CORRUPT, path + ": this is another cluster now, " + read.uuid()
                    + " (expected: " + identity.get().uuid() + "); its epochs say nothing about this node's");
        }
        identity = Optional.of(read);
        checked = found;
        if (knownSession != zk.getSessionId()) {
            knownSession = zk.getSessionId();
            logSession(zk);
        }
        return known ? Verdict.SAME : Verdict.FIRST_SEEN;
    }

    ClusterIdentity identity() {
        return identity.orElseThrow(() -> new IllegalStateException(path + ": not seen yet"));
    }

    private void logSession(ZooKeeper zk) {
        String session = Long.toHexString(zk.getSessionId());
        if (zk.getSessionTimeout() == askedTimeout.toMillis()) {
            LOG.info("node {}: ZooKeeper session 0x{} timeout {} ms", self, session, zk.getSessionTimeout());
        } else {
            LOG.warn("node {}: ZooKeeper session 0x{} timeout {} ms, asked for {} ms: the servers' minSessionTimeout "
                    + "and maxSessionTimeout decide", self, session, zk.getSessionTimeout(), askedTimeout.toMillis());
        }
    }
}
