package io.curia.zookeeper;

import org.apache.zookeeper.client.ZKClientConfig;

/**
 * A client configuration for connections without TLS: none of it was asked for, so none of it is loaded.
 *
 * <p>The ordinary one loads Java's whole TLS implementation only to copy the names of settings that nobody made,
 * which costs a command more than its question to the servers. Not to be used where a file or a system property
 * configures the client.
 */
final class PlainClientConfig extends ZKClientConfig {

    private static final String PREFIX = "zookeeper.";
    private static final String MAX_BUFFER = "jute.maxbuffer";

    /** Returns whether the properties of this JVM leave everything to us. */
    static boolean isEnough() {
        return System.getProperties().keySet().stream()
                .noneMatch(name -> name instanceof String text && (text.startsWith(PREFIX) || text.equals(MAX_BUFFER)));
    }

    /** Copies the JVM's properties in the ordinary configuration; here there are none to copy. */
    @Override
    protected void handleBackwardCompatibility() {
    }
}
