package io.curia.zookeeper;

import io.curia.store.StoreException;
import io.curia.store.StoreException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.ZooKeeper.States;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tool's link: ZooKeeper's bare client, replaced when its session has ended.
 *
 * <p>Without Curator, whose latch no tool needs, a command has its answer in a fraction of the time.
 */
final class ToolLink implements Link {

    private static final Logger LOG = LoggerFactory.getLogger(ToolLink.class);
    /** How long {@link #close} waits for the servers to hear of it; an unreachable one must not hold up a command. */
    private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long CLOSE_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final ZooKeeperSettings settings;
    private final Optional<byte[]> credentials;
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private ZooKeeper handle;
    private boolean closed;

    private ToolLink(ZooKeeperSettings settings, Optional<byte[]> credentials) {
        this.settings = settings;
        this.credentials = credentials;
    }

    /** Returns a started link. Does not wait for a connection. */
    static ToolLink start(ZooKeeperSettings settings) {
        ToolLink link = new ToolLink(settings, ClientSettings.credentials(settings));
        link.handle();
        return link;
    }

    static StoreException unreachable(ZooKeeperSettings settings) {
        return new StoreException(Kind.UNAVAILABLE,
                "no connection to ZooKeeper at " + settings.connect() + " within "
                        + settings.connectTimeout().toMillis() + " ms");
    }

    private synchronized ZooKeeper handle() {
        if (closed) {
            throw new StoreException(Kind.UNAVAILABLE, "the connection to ZooKeeper was closed");
        }
        if (handle == null || !handle.getState().isAlive()) {
            try {
                handle = new ZooKeeper(settings.connect(), Math.toIntExact(settings.sessionTimeout().toMillis()),
                        this::onStateChange, false, ClientSettings.shortLived(settings));
            } catch (IOException e) {
                throw new StoreException(Kind.UNAVAILABLE, "ZooKeeper at " + settings.connect() + ": " + e, e);
            }
            credentials.ifPresent(user -> handle.addAuthInfo(ClientSettings.DIGEST, user));
        }
        return handle;
    }

    private void onStateChange(WatchedEvent event) {
        synchronized (this) {
            notifyAll();
        }
        if (event.getState() == KeeperState.SyncConnected) {
            actions.forEach(Runnable::run);
        }
    }

    @Override
    public synchronized Optional<ZooKeeper> connected() {
        return handle != null && handle.getState().isConnected() ? Optional.of(handle) : Optional.empty();
    }

    @Override
    public synchronized ZooKeeper await(Duration atMost) {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        try {
            while (true) {
                ZooKeeper current = handle();
                if (current.getState().isConnected()) {
                    return current;
                }
                if (current.getState() == States.AUTH_FAILED) {
                    throw new StoreException(Kind.DENIED, "ZooKeeper did not accept the credentials");
                }
                long leftNanos = deadlineNanos - System.nanoTime();
                if (leftNanos <= 0) {
                    throw unreachable(settings);
                }
                TimeUnit.NANOSECONDS.timedWait(this, leftNanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(Kind.UNAVAILABLE, "interrupted while waiting for ZooKeeper", e);
        }
    }

    @Override
    public void onConnected(Runnable action) {
        actions.add(action);
    }

    @Override
    public void close() {
        ZooKeeper last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = handle;
        }
        if (last != null) {
            endSession(last, CLOSE_NANOS);
        }
    }

    /**
     * Ends the session of {@code handle} and returns when the servers have confirmed it, or after this time.
     *
     * <p>With Java's own sockets the client sleeps for 100 ms behind that confirmation. The sleep is left to a
     * daemon thread, and the client's state, changed just before it, is what is waited for.
     */
    static void endSession(ZooKeeper handle, long atMostNanos) {
        Thread closer = new Thread(() -> {
            try {
                handle.close();
            } catch (InterruptedException e) {
                // Nobody interrupts this thread; the session would end by its timeout.
                LOG.debug("interrupted while closing", e);
                Thread.currentThread().interrupt();
            }
        }, "zookeeper-close");
        closer.setDaemon(true);
        closer.start();
        long deadlineNanos = System.nanoTime() + atMostNanos;
        while (handle.getState().isAlive() && System.nanoTime() < deadlineNanos) {
            LockSupport.parkNanos(CLOSE_POLL_NANOS);
        }
    }
}
