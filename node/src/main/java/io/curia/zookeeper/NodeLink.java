package io.curia.zookeeper;

import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.framework.imps.CuratorFrameworkState;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.curator.framework.state.SessionConnectionStateErrorPolicy;
import org.apache.curator.retry.RetryNTimes;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;

/** A node's link: Curator's client, which its {@code LeaderLatch} needs. */
final class NodeLink implements Link {

    private static final int RETRIES = 3;
    private static final int RETRY_PAUSE_MILLIS = 100;
    private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ZooKeeperSettings settings;
    private final CuratorFramework client;
    private final List<ACL> acl;

    private NodeLink(ZooKeeperSettings settings, CuratorFramework client, List<ACL> acl) {
        this.settings = settings;
        this.client = client;
        this.acl = acl;
    }

    /** Returns a started link. Does not wait for a connection. */
    static NodeLink start(ZooKeeperSettings settings) {
        List<ACL> acl = ClientSettings.acl(settings);
        int sessionTimeoutMillis = Math.toIntExact(settings.sessionTimeout().toMillis());
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(settings.connect())
                .sessionTimeoutMs(sessionTimeoutMillis)
                .connectionTimeoutMs((int) Math.min(settings.connectTimeout().toMillis(), sessionTimeoutMillis))
                .retryPolicy(new RetryNTimes(RETRIES, RETRY_PAUSE_MILLIS))
                .zkClientConfig(ClientSettings.longLived(settings))
                .aclProvider(new SameForAll(acl))
                .threadFactory(named(Thread.currentThread().getName() + "-curator"))
                // A lost connection is no reason to give up the latch: the node's own clock guard decides for how
                // long it may act without one, and a blip must not cost it its place.
                .connectionStateErrorPolicy(new SessionConnectionStateErrorPolicy())
                .canBeReadOnly(false)
                .ensembleTracker(false)
                .dontUseContainerParents()
                .defaultData(new byte[0]);
        ClientSettings.credentials(settings).ifPresent(user -> builder.authorization(ClientSettings.DIGEST, user));
        NodeLink link = new NodeLink(settings, builder.build(), acl);
        link.client.start();
        return link;
    }

    /** Named after who starts the link, as ZooKeeper's client names its own, so that one knows whose they are. */
    private static ThreadFactory named(String name) {
        return task -> {
            Thread created = new Thread(task, name);
            created.setDaemon(true);
            return created;
        };
    }

    CuratorFramework client() {
        return client;
    }

    List<ACL> acl() {
        return acl;
    }

    @Override
    public Optional<ZooKeeper> connected() {
        if (!client.getZookeeperClient().isConnected()) {
            return Optional.empty();
        }
        try {
            ZooKeeper handle = client.getZookeeperClient().getZooKeeper();
            return handle.getState().isConnected() ? Optional.of(handle) : Optional.empty();
        } catch (Exception e) {
            // Curator declares just this. It hands over what went wrong when it last tried to make a handle; it tries
            // again by itself and logs every failure; until it succeeds there is no handle.
            return Optional.empty();
        }
    }

    @Override
    public ZooKeeper await(Duration atMost) {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                if (Thread.interrupted()) {
                    throw new InterruptedException(); // Curator that is connected does not wait, and nor does a park.
                }
                if (client.getState() == CuratorFrameworkState.STOPPED) {
                    throw new StoreException(Kind.UNAVAILABLE, "the connection was closed");
                }
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
                boolean up = leftMillis > 0 && client.blockUntilConnected((int) leftMillis, TimeUnit.MILLISECONDS);
                Optional<ZooKeeper> handle = connected();
                if (handle.isPresent()) {
                    return handle.get();
                }
                if (!up) {
                    throw ToolLink.unreachable(settings);
                }
                // Curator learns of a lost session a moment before it says so.
                LockSupport.parkNanos(RECHECK_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.UNAVAILABLE, "interrupted while waiting for ZooKeeper", e);
        }
    }

    @Override
    public void onConnected(Runnable action) {
        client.getConnectionStateListenable().addListener((source, state) -> {
            if (state == ConnectionState.CONNECTED || state == ConnectionState.RECONNECTED) {
                action.run();
            }
        });
    }

    @Override
    public void close() {
        client.close();
    }

    /** The same access list for whatever Curator creates. */
    private record SameForAll(List<ACL> acl) implements ACLProvider {

        @Override
        public List<ACL> getDefaultAcl() {
            return acl;
        }

        @Override
        public List<ACL> getAclForPath(String path) {
            return acl;
        }
    }
}
