package io.curia.zookeeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ConfigException;
import org.apache.zookeeper.data.ACL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the settings mean to ZooKeeper's client: its configuration, the credentials, who may touch our znodes. */
final class ClientSettings {

    /** ZooKeeper's name for its user:password scheme. */
    static final String DIGEST = "digest";

    private static final Logger LOG = LoggerFactory.getLogger(ClientSettings.class);
    private static final int MAX_AUTH_BYTES = 4096;
    private static final String NETTY_SOCKET = "org.apache.zookeeper.ClientCnxnSocketNetty";

    private ClientSettings() {
    }

    /**
     * Returns the configuration of a client that lives long. With Netty's socket a lost connection is reported at
     * once; with Java's own the client sleeps for 100 ms first.
     */
    static ZKClientConfig longLived(ZooKeeperSettings settings) {
        ZKClientConfig config = config(settings);
        setUnlessGiven(config, ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, NETTY_SOCKET);
        return config;
    }

    /** Returns the configuration of a client for a few calls: Netty, slow to load, only where TLS needs it. */
    static ZKClientConfig shortLived(ZooKeeperSettings settings) {
        ZKClientConfig config = config(settings);
        if (config.getBoolean(ZKClientConfig.SECURE_CLIENT)) {
            setUnlessGiven(config, ZKClientConfig.ZOOKEEPER_CLIENT_CNXN_SOCKET, NETTY_SOCKET);
        }
        return config;
    }

    private static ZKClientConfig config(ZooKeeperSettings settings) {
        boolean plain = settings.clientConfig().isEmpty() && PlainClientConfig.suffices();
        ZKClientConfig config = plain ? new PlainClientConfig() : new ZKClientConfig();
        settings.clientConfig().ifPresent(file -> {
            try {
                config.addConfiguration(file);
            } catch (ConfigException e) {
                throw new IllegalArgumentException(
                        "ZooKeeper client configuration: " + file + ": " + e.getMessage(), e);
            }
        });
        // With SASL on, its default, the client looks up the name of the server's address before it connects; where
        // that look-up hangs, every connect takes many seconds. Whoever wants SASL says so in the file.
        setUnlessGiven(config, ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
        return config;
    }

    private static void setUnlessGiven(ZKClientConfig config, String key, String value) {
        if (config.getProperty(key) == null) {
            config.setProperty(key, value);
        }
    }

    /**
     * Returns the {@code user:password} in the settings' file; empty if none is named.
     *
     * @throws IllegalArgumentException if the file cannot be read or holds something else
     */
    static Optional<byte[]> credentials(ZooKeeperSettings settings) {
        return settings.authFile().map(ClientSettings::read);
    }

    /** Returns who may touch the cluster's znodes: everybody, or with credentials their owner alone. */
    static List<ACL> acl(ZooKeeperSettings settings) {
        return settings.authFile().isPresent() ? ZooDefs.Ids.CREATOR_ALL_ACL : ZooDefs.Ids.OPEN_ACL_UNSAFE;
    }

    /**
     * Returns who may touch the znodes above the cluster's own: others may make their clusters there, and with
     * credentials may not remove anything.
     */
    static List<ACL> sharedAcl(ZooKeeperSettings settings) {
        if (settings.authFile().isEmpty()) {
            return ZooDefs.Ids.OPEN_ACL_UNSAFE;
        }
        return List.of(ZooDefs.Ids.CREATOR_ALL_ACL.get(0),
                new ACL(ZooDefs.Perms.READ | ZooDefs.Perms.CREATE, ZooDefs.Ids.ANYONE_ID_UNSAFE));
    }

    private static byte[] read(Path file) {
        String text;
        try {
            if (Files.size(file) > MAX_AUTH_BYTES) {
                throw new IllegalArgumentException(
                        "auth file: " + file + " is larger than " + MAX_AUTH_BYTES + " bytes");
            }
            text = Files.readString(file).strip();
            warnIfOthersMayRead(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("auth file: " + file + " cannot be read (" + e + ")", e);
        }
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1 || text.indexOf('\n') >= 0) {
            // What it does hold is not shown: it may be a secret all the same.
            throw new IllegalArgumentException("auth file: " + file + " (expected: one line, user:password)");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void warnIfOthersMayRead(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("auth file {} can be read by everybody on this machine (expected: mode 600)", file);
        }
    }
}
