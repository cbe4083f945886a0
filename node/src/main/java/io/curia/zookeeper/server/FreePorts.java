package io.curia.zookeeper.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Ports on the loopback address that nobody listens on.
 *
 * <p>They are looked for below the range from which systems take the ports of outgoing connections: a port from that
 * range may be gone between the look and the server's start.
 */
final class FreePorts {

    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 1_000;

    private final RandomGenerator random;
    private final Set<Integer> given = new HashSet<>();

    FreePorts(RandomGenerator random) {
        this.random = random;
    }

    /** Returns whether nobody listens on {@code port} of the loopback address now. */
    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(ServerPlan.HOST), port), 1);
            return true;
        } catch (IOException e) {
            return false; // The answer, not a failure: it is what binding an occupied port does.
        }
    }

    /** Excludes {@code port} from what {@link #next} gives. */
    void reserve(int port) {
        given.add(port);
    }

    /** Returns a free port that this object has not given before. */
    int next() throws EnsembleException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (given.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new EnsembleException(EnsembleException.Reason.PORT_IN_USE, "no free port found on " + ServerPlan.HOST
                + " from " + LOWEST + " to " + HIGHEST + " in " + ATTEMPTS + " attempts");
    }
}
