package io.curia.zookeeper;

import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import io.curia.store.NodeSession;
import io.curia.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.data.ACL;

/**
 * One client of the ensemble, from which a node's session and the cluster's records are reached.
 *
 * <p>The session that it holds is shared by all of them: guests registered through its store live as long as it.
 */
public final class ZooKeeperConnection implements AutoCloseable {

    private final ZooKeeperSettings settings;
    private final Link link;
    private final Optional<NodeLink> nodeLink;
    private final ClusterStore store;
    private final AtomicReference<ZkNodeSession> session = new AtomicReference<>();

    private ZooKeeperConnection(ZooKeeperSettings settings, Link link, Optional<NodeLink> nodeLink) {
        this.settings = settings;
        this.link = link;
        this.nodeLink = nodeLink;
        List<ACL> acl = ClientSettings.acl(settings);
        this.store = new ZkClusterStore(link, settings, acl);
    }

    /**
     * Returns if the files that the settings name can be used; connects to nothing.
     *
     * @throws IllegalArgumentException naming the one that cannot
     */
    public static void requireUsableFiles(ZooKeeperSettings settings) {
        ClientSettings.credentials(settings);
        ClientSettings.longLived(settings);
    }

    /**
     * Returns a started client for a node: it reconnects for as long as it is not closed. Does not wait.
     *
     * @throws IllegalArgumentException if a file named in the settings cannot be used
     */
    public static ZooKeeperConnection forNode(ZooKeeperSettings settings) {
        NodeLink link = NodeLink.start(settings);
        return new ZooKeeperConnection(settings, link, Optional.of(link));
    }

    /**
     * Returns a started client for a short-lived tool: quick to connect, quick to close. Does not wait.
     *
     * @throws IllegalArgumentException if a file named in the settings cannot be used
     */
    public static ZooKeeperConnection forTool(ZooKeeperSettings settings) {
        return new ZooKeeperConnection(settings, ToolLink.start(settings), Optional.empty());
    }

    /** Returns the node's own session on this client, of which there is one. Closing it closes this connection. */
    public NodeSession session(NodeId self) {
        ZkNodeSession made = new ZkNodeSession(self, nodeLink.orElseThrow(() ->
                new IllegalStateException("node session: of a tool's connection (expected: a node's)")), settings);
        if (!session.compareAndSet(null, made)) {
            throw new IllegalStateException("node session: a second one (expected: at most one a connection)");
        }
        return made;
    }

    /**
     * Returns the cluster's records through this client. A call waits for a connection, and for its answers, no
     * longer than the settings' connect timeout each. Closing the store leaves this connection open.
     */
    public ClusterStore store() {
        return store;
    }

    /**
     * Returns the stage on which the node {@code self} rehearses successions, also that of {@code another}, who is made
     * up; of a node's connection only.
     */
    public SuccessionRehearsal rehearsal(NodeId self, Member another) {
        return new SuccessionRehearsal(self, another, ZnodePaths.of(settings).rehearsal(self),
                nodeLink.orElseThrow(() ->
                        new IllegalStateException("rehearsal: of a tool's connection (expected: a node's)")));
    }

    /** Returns what it takes to end this client's session from elsewhere; empty while it is not connected. */
    public Optional<SessionTicket> ticket() {
        return link.connected().map(zk -> new SessionTicket(zk.getSessionId(), zk.getSessionPasswd()));
    }

    /**
     * Ends the session that {@code ticket} is for; all that it held is gone when this returns. Does nothing if it
     * has ended already. Only for whoever knows that the session's owner is dead.
     *
     * @throws StoreException {@code UNAVAILABLE} if ZooKeeper was not reached within the connect timeout
     */
    public static void endSession(ZooKeeperSettings settings, SessionTicket ticket) {
        SessionEnd.carryOut(settings, ticket);
    }

    /** Ends the session and frees everything. Idempotent. */
    @Override
    public void close() {
        ZkNodeSession given = session.get();
        if (given == null) {
            link.close();
        } else {
            given.close();
        }
    }
}
