package io.curia.zookeeper;

import java.util.List;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;

/**
 * The configuration of a client that uses neither TLS nor SASL.
 *
 * <p>ZooKeeper's own asks the JVM, whoever uses it, which protocols its TLS knows: that loads several hundred classes
 * and reads the certificates of every authority, which is a good part of what a short command takes in all.
 */
final class PlainClientConfig extends ZKClientConfig {

    private static final List<String> FROM_SYSTEM_PROPERTIES =
            List.of(ZKConfig.JUTE_MAXBUFFER, ZOOKEEPER_CLIENT_CNXN_SOCKET, DISABLE_AUTO_WATCH_RESET);

    /** Returns whether this process's system properties ask for nothing that this configuration leaves out. */
    static boolean suffices() {
        return !Boolean.getBoolean(SECURE_CLIENT) && System.getProperty(ENABLE_CLIENT_SASL_KEY) == null;
    }

    @Override
    protected void handleBackwardCompatibility() {
        FROM_SYSTEM_PROPERTIES.forEach(name -> setProperty(name, System.getProperty(name)));
    }
}
