package io.curia.singleton;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.locks.LockSupport;

/**
 * Shows the other members that something of the command may still run: a port that is open for exactly that long. All
 * that is asked of it is whether it refuses.
 */
final class KeeperPort implements AutoCloseable {

    private static final int BACKLOG = 64;
    private static final long PAUSE_NANOS = 500_000_000;

    private final ServerSocket server;

    private KeeperPort(ServerSocket server) {
        this.server = server;
    }

    static KeeperPort open(String host, int port) throws IOException {
        KeeperPort opened = new KeeperPort(new ServerSocket(port, BACKLOG, InetAddress.getByName(host)));
        Thread callers = new Thread(opened::hangUp, "keeper-port");
        callers.setDaemon(true);
        callers.start();
        return opened;
    }

    int number() {
        return server.getLocalPort();
    }

    private void hangUp() {
        while (!server.isClosed()) {
            try {
                server.accept().close();
            } catch (IOException e) {
                if (!server.isClosed()) {
                    // No file descriptors left, most likely: whoever waits is seen to have been let in, which will do.
                    System.err.println("keeper: a caller was lost: " + e.getMessage());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
