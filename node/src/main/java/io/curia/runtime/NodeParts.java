package io.curia.runtime;

import io.curia.model.Endpoint;
import io.curia.store.StoreException;
import io.curia.wire.NodeServer;
import io.curia.wire.RequestHandler;
import io.curia.wire.ServerLimits;
import io.curia.zookeeper.SessionTicket;
import io.curia.zookeeper.ZooKeeperConnection;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a run holds of the outside world: the data directory, the client of ZooKeeper, the port, the threads for slow
 * work. Taken in {@link #open}, given back in {@link #close} in the reverse order, whatever was taken.
 */
final class NodeParts {

    private static final Logger log = LoggerFactory.getLogger(NodeParts.class);
    private static final int JOIN_THREADS = 4;
    private static final int JOIN_QUEUE = 512;
    /** Most nodes need one only to be let in themselves. */
    private static final long IDLE_SECONDS = 1;

    private final NodeConfig config;
    private final ScheduledThreadPoolExecutor chores;
    private final ScheduledThreadPoolExecutor watch;
    private final ThreadPoolExecutor joins;
    private Optional<DataDirectory> data = Optional.empty();
    private ZooKeeperConnection zooKeeper;
    private NodeServer server;

    NodeParts(NodeConfig config) {
        this.config = config;
        this.chores = new ScheduledThreadPoolExecutor(1, named("chores"));
        this.chores.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.watch = new ScheduledThreadPoolExecutor(1, named("watch"));
        this.watch.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.joins = new ThreadPoolExecutor(JOIN_THREADS, JOIN_THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(JOIN_QUEUE), named("joins"));
        this.joins.allowCoreThreadTimeOut(true);
    }

    private ThreadFactory named(String what) {
        return task -> {
            Thread created = new Thread(task, "curia-" + config.id() + "-" + what);
            created.setDaemon(true);
            return created;
        };
    }

    /** Locks the data directory, begins to connect, ends an earlier run's session, opens the port. Blocks. */
    void open(RequestHandler handler) {
        SeedCheck.refuseForeignSeeds(config);
        data = config.dataDirectory().map(DataDirectory::open);
        zooKeeper = ZooKeeperConnection.forNode(config.zooKeeper());
        server = NodeServer.start("curia-" + config.id() + "-port", config.bind(), ServerLimits.DEFAULT, handler);
        data.flatMap(DataDirectory::ticket).ifPresent(this::endEarlierSession);
    }

    /** The lock is held, so whoever had this session is dead; its registration need not be waited for. */
    private void endEarlierSession(SessionTicket ticket) {
        try {
            ZooKeeperConnection.endSession(config.zooKeeper(), ticket);
            log.info("{}: ended the session of an earlier run, {}", config.id(), ticket);
        } catch (StoreException e) {
            log.warn("{}: the session of an earlier run will have to expire: {}", config.id(), e.getMessage());
        }
    }

    /** Returns where others can dial this node. */
    Endpoint address() {
        Endpoint bound = server.address();
        return config.advertise().orElseGet(() -> isWildcard(bound.host())
                ? new Endpoint(HostName.here(), bound.port()) : bound);
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    Optional<DataDirectory> data() {
        return data;
    }

    ZooKeeperConnection zooKeeper() {
        return zooKeeper;
    }

    NodeServer server() {
        return server;
    }

    /** Returns the one thread of the watch over other members. */
    ScheduledThreadPoolExecutor watch() {
        return watch;
    }

    /** Returns the one thread for what is neither urgent nor quick. */
    ScheduledThreadPoolExecutor chores() {
        return chores;
    }

    /** Returns the few threads on which joins wait for each other's answers. */
    ThreadPoolExecutor joins() {
        return joins;
    }

    /** Gives everything back. The port goes last but for the lock: no listener means not master, so it must outlive. */
    void close() {
        chores.shutdownNow();
        watch.shutdownNow();
        joins.shutdownNow();
        if (zooKeeper != null) {
            attempt("ZooKeeper session", zooKeeper::close);
            data.ifPresent(DataDirectory::dropTicket);
        }
        if (server != null) {
            attempt("port", server::close);
        }
        data.ifPresent(directory -> attempt("data directory", directory::close));
    }

    private void attempt(String what, Runnable closing) {
        try {
            closing.run();
        } catch (RuntimeException e) {
            log.warn("{}: closing the {} failed", config.id(), what, e);
        }
    }
}
