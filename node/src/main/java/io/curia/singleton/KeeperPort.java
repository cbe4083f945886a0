package io.curia.singleton;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/**
 * Shows the other members that something of the command may still run: a port that is open for exactly that long. All
 * that is asked of it is whether it refuses. Whoever is let in is kept waiting, so that the end of the connection tells
 * the moment to ask again; and then it refuses.
 */
final class KeeperPort implements AutoCloseable {

    private static final int BACKLOG = 64;
    private static final long PAUSE_NANOS = 500_000_000;

    private static final int MOST_CALLERS = 256;

    private final ServerSocket server;
    private final Deque<Socket> callers = new ArrayDeque<>();

    private KeeperPort(ServerSocket server) {
        this.server = server;
    }

    static KeeperPort open(String host, int port) throws IOException {
        KeeperPort opened = new KeeperPort(new ServerSocket(port, BACKLOG, InetAddress.getByName(host)));
        Thread listening = new Thread(opened::listen, "keeper-port");
        listening.setDaemon(true);
        listening.start();
        return opened;
    }

    int number() {
        return server.getLocalPort();
    }

    private void listen() {
        while (!server.isClosed()) {
            try {
                keepWaiting(server.accept());
            } catch (IOException e) {
                if (!server.isClosed()) {
                    // No file descriptors left, most likely: whoever waits is seen to have been let in, which will do.
                    System.err.println("keeper: a caller was lost: " + e.getMessage());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        }
    }

    private synchronized void keepWaiting(Socket caller) throws IOException {
        callers.add(caller);
        if (callers.size() > MOST_CALLERS) {
            callers.remove().close();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (this) {
            for (Socket caller : callers) {
                caller.close();
            }
        }
    }
}
