package io.curia.zookeeper.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What ensemble to run, and how.
 *
 * @param data the directory that holds everything the servers keep
 * @param servers how many, 1 or 3; 3 survive the loss of one
 * @param firstPort the port of the first server, the others take the ones that follow; 0 for any free ports
 * @param minSessionTimeout the shortest session timeout that the servers grant; a client that asks for less gets this
 * @param javaOptions options for the servers' JVMs
 * @param detached whether the servers outlive the process that starts them; otherwise they end when it ends, however
 *     it ends
 */
public record EnsembleSettings(Path data, int servers, int firstPort, Duration minSessionTimeout,
        List<String> javaOptions, boolean detached) {

    /** The shortest session timeout that servers grant unless told otherwise. */
    public static final Duration DEFAULT_MIN_SESSION_TIMEOUT = Duration.ofSeconds(4);
    /** Options that suit a small server: little memory, quick to start. */
    public static final List<String> SMALL_JVM =
            List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

    private static final int MAX_FIRST_PORT = 65_500;

    public EnsembleSettings {
        data = data.toAbsolutePath().normalize();
        Objects.requireNonNull(minSessionTimeout, "minSessionTimeout");
        javaOptions = List.copyOf(javaOptions);
        if (servers != 1 && servers != 3) {
            throw new IllegalArgumentException("servers: " + servers + " (expected: 1 or 3)");
        }
        if (firstPort < 0 || firstPort > MAX_FIRST_PORT) {
            throw new IllegalArgumentException("port: " + firstPort + " (expected: 0-" + MAX_FIRST_PORT + ")");
        }
        if (minSessionTimeout.compareTo(ServerConfiguration.TICK) < 0
                || minSessionTimeout.compareTo(ServerConfiguration.MAX_SESSION_TIMEOUT) > 0) {
            throw new IllegalArgumentException("shortest session timeout: " + minSessionTimeout + " (expected: "
                    + ServerConfiguration.TICK + " to " + ServerConfiguration.MAX_SESSION_TIMEOUT + ")");
        }
    }

    /** Returns settings for this many servers on free ports, which end with the process that starts them. */
    public static EnsembleSettings of(Path data, int servers) {
        return new EnsembleSettings(data, servers, 0, DEFAULT_MIN_SESSION_TIMEOUT, SMALL_JVM, false);
    }

    /** Returns these settings with the servers on this port and the ones that follow; 0 for any free ports. */
    public EnsembleSettings onPort(int port) {
        return new EnsembleSettings(data, servers, port, minSessionTimeout, javaOptions, detached);
    }

    /** Returns these settings with other options for the servers' JVMs. */
    public EnsembleSettings withJavaOptions(List<String> options) {
        return new EnsembleSettings(data, servers, firstPort, minSessionTimeout, options, detached);
    }

    /** Returns these settings with another shortest session timeout. */
    public EnsembleSettings withMinSessionTimeout(Duration timeout) {
        return new EnsembleSettings(data, servers, firstPort, timeout, javaOptions, detached);
    }

    /** Returns these settings with servers that outlive the process that starts them. */
    public EnsembleSettings outlivingTheirParent() {
        return new EnsembleSettings(data, servers, firstPort, minSessionTimeout, javaOptions, true);
    }
}
