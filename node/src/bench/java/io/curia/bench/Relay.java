package io.curia.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between one candidate and a ZooKeeper server, and can swallow all that passes without closing anything, as a
 * cut cable does.
 */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 8192;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Relay(ServerSocket listener, InetSocketAddress server) {
        this.listener = listener;
        this.server = server;
    }

    /** Returns one in front of {@code server}, given as host:port. */
    static Relay before(String server) throws IOException {
        int colon = server.lastIndexOf(':');
        Relay relay = new Relay(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()),
                new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))));
        start(relay::accept);
        return relay;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    String connectString() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    void cut() {
        cut = true;
    }

    /** Lets pass again what comes on new connections; the old ones, of which bytes are missing, end. */
    void mend() {
        cut = false;
        sockets.forEach(Relay::end);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Socket upstream = new Socket();
                upstream.connect(server);
                for (Socket socket : Set.of(client, upstream)) {
                    socket.setTcpNoDelay(true);
                    sockets.add(socket);
                }
                start(() -> copy(client, upstream));
                start(() -> copy(upstream, client));
            }
        } catch (IOException e) {
            close(); // By the benchmark, which is done with it, or because the server is gone.
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!cut) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            sockets.remove(from); // Ended by the other direction, or by mending: both sides are closed by now.
        }
    }

    private static void end(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new IllegalStateException("closing a socket", e);
        }
    }

    @Override
    public void close() {
        end(listener);
        sockets.forEach(Relay::end);
    }
}
