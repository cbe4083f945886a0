package io.curia.cli;

import io.curia.zookeeper.ZooKeeperSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say where ZooKeeper and the cluster are; the same in every command of both programs. */
public final class ZooKeeperOptions {

    @Option(names = {"-z", "--zookeeper"}, paramLabel = "HOST:PORT,…",
            defaultValue = ZooKeeperSettings.DEFAULT_CONNECT,
            description = "ZooKeeper servers, optionally with a chroot (default: ${DEFAULT-VALUE}).")
    private String connect;

    @Option(names = {"-c", "--cluster"}, paramLabel = "NAME", defaultValue = ZooKeeperSettings.DEFAULT_CLUSTER,
            description = "Name of the cluster (default: ${DEFAULT-VALUE}).")
    private String cluster;

    @Option(names = "--root", paramLabel = "PATH", defaultValue = ZooKeeperSettings.DEFAULT_ROOT,
            description = "Znode below which clusters live (default: ${DEFAULT-VALUE}).")
    private String root;

    @Option(names = "--auth-file", paramLabel = "FILE",
            description = "File holding user:password for ZooKeeper's digest scheme; "
                    + "with it, what is created is accessible to that user alone.")
    private Path authFile;

    @Option(names = "--zookeeper-config", paramLabel = "FILE",
            description = "ZooKeeper client properties, for TLS or SASL.")
    private Path clientConfig;

    @Option(names = "--connect-timeout", paramLabel = "TIME", defaultValue = "5s",
            converter = DurationConverter.class,
            description = "How long to wait for ZooKeeper (default: ${DEFAULT-VALUE}).")
    private Duration connectTimeout;

    /** Returns the settings these options spell, or throws {@link IllegalArgumentException} naming the bad one. */
    public ZooKeeperSettings settings(Duration sessionTimeout) {
        requireReadable("auth file", authFile);
        requireReadable("ZooKeeper client configuration", clientConfig);
        return new ZooKeeperSettings(connect, root, cluster, sessionTimeout, connectTimeout,
                Optional.ofNullable(authFile), Optional.ofNullable(clientConfig));
    }

    /** A wrong name is found here, where it is the command line's fault, and not in the midst of connecting. */
    private static void requireReadable(String what, Path file) {
        if (file != null && !Files.isReadable(file)) {
            throw new IllegalArgumentException(what + ": " + file + " cannot be read");
        }
    }
}
