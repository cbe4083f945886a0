package io.curia.zookeeper;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a cluster's records are and how to get there.
 *
 * @param connect ZooKeeper's connect string, {@code host:port,host:port[/chroot]}; names are kept and resolved at
 *     every connect, so that servers may move
 * @param root the znode below which clusters live, {@code /curia} unless told otherwise
 * @param cluster the cluster's name, a znode name
 * @param sessionTimeout the session timeout asked for; the servers may grant another
 * @param connectTimeout how long a call may wait for a connection before it fails
 * @param authFile a file holding {@code user:password} for ZooKeeper's digest scheme; with it the cluster's
 *     znodes are made accessible to that user alone; the root above them stays open to other clusters
 * @param clientConfig a ZooKeeper client properties file (TLS, SASL), as ZooKeeper documents it
 */
public record ZooKeeperSettings(String connect, String root, String cluster, Duration sessionTimeout,
        Duration connectTimeout, Optional<Path> authFile, Optional<Path> clientConfig) {

    /** Where ZooKeeper is looked for when nobody says. */
    public static final String DEFAULT_CONNECT = "127.0.0.1:2181";
    /** The znode below which clusters live when nobody says. */
    public static final String DEFAULT_ROOT = "/curia";
    /** A cluster's name when nobody says. */
    public static final String DEFAULT_CLUSTER = "curia";

    public ZooKeeperSettings {
        Objects.requireNonNull(connect, "connect");
        Objects.requireNonNull(authFile, "authFile");
        Objects.requireNonNull(clientConfig, "clientConfig");
        if (connect.isBlank()) {
            throw new IllegalArgumentException("ZooKeeper connect string: \"\" (expected: HOST:PORT,…)");
        }
        if (!root.matches("(/[A-Za-z0-9][A-Za-z0-9._-]*)+")) {
            throw new IllegalArgumentException("root: " + root + " (expected: an absolute znode path like "
                    + DEFAULT_ROOT + ")");
        }
        if (!cluster.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}")) {
            throw new IllegalArgumentException("cluster: " + cluster
                    + " (expected: 1-64 of A-Z a-z 0-9 . _ -, beginning with a letter or digit)");
        }
        if (sessionTimeout.toMillis() < 100) {
            throw new IllegalArgumentException("session timeout: " + sessionTimeout.toMillis()
                    + " ms (expected: at least 100 ms)");
        }
        if (connectTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("connect timeout: " + connectTimeout.toMillis()
                    + " ms (expected: at least 1 ms)");
        }
    }

    /** Returns settings for this connect string and cluster with defaults for everything else. */
    public static ZooKeeperSettings of(String connect, String cluster) {
        return new ZooKeeperSettings(connect, DEFAULT_ROOT, cluster, Duration.ofSeconds(10), Duration.ofSeconds(5),
                Optional.empty(), Optional.empty());
    }

    /** Returns these settings with another session timeout. */
    public ZooKeeperSettings withSessionTimeout(Duration timeout) {
        return new ZooKeeperSettings(connect, root, cluster, timeout, connectTimeout, authFile, clientConfig);
    }

    /** Returns these settings with other servers. */
    public ZooKeeperSettings withConnect(String servers) {
        return new ZooKeeperSettings(servers, root, cluster, sessionTimeout, connectTimeout, authFile, clientConfig);
    }

    /** Returns these settings with another name of the cluster. */
    public ZooKeeperSettings withCluster(String name) {
        return new ZooKeeperSettings(connect, root, name, sessionTimeout, connectTimeout, authFile, clientConfig);
    }

    /** Returns these settings with another patience for connecting. */
    public ZooKeeperSettings withConnectTimeout(Duration timeout) {
        return new ZooKeeperSettings(connect, root, cluster, sessionTimeout, timeout, authFile, clientConfig);
    }
}
