package io.curia.zookeeper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a client and a server, and can lose the server's answers or the connection. */
public final class TestProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final int serverPort;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean losingAnswers;
    private volatile boolean cutOff;

    private TestProxy(ServerSocket listener, int serverPort) {
        this.listener = listener;
        this.serverPort = serverPort;
    }

    /** Returns a proxy on a free port in front of {@code connectString}. */
    public static TestProxy before(String connectString) {
        try {
            int port = Integer.parseInt(connectString.substring(connectString.lastIndexOf(':') + 1));
            TestProxy proxy = new TestProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            daemon(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String connectString() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** From now on requests arrive and answers do not. */
    void loseAnswers() {
        losingAnswers = true;
    }

    /** Cuts every connection; new ones work both ways. */
    void cut() {
        sockets.forEach(TestProxy::close);
        sockets.clear();
        losingAnswers = false;
    }

    /** Cuts every connection, and every new one, until {@link #restore}. */
    public void cutOff() {
        cutOff = true;
        cut();
    }

    /** Ends a {@link #cutOff}. */
    public void restore() {
        cutOff = false;
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (cutOff) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.add(client);
                sockets.add(server);
                daemon(() -> copy(client, server, false));
                daemon(() -> copy(server, client, true));
            }
        } catch (IOException e) {
            // Closed by the test that is over, or the server is: nobody waits for this thread.
            listenerClosed();
        }
    }

    private void copy(Socket from, Socket to, boolean answers) {
        byte[] buffer = new byte[8192];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!answers || !losingAnswers) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException e) {
            // Cut: closing both sides, which has been done by now, is all there is to do.
            sockets.remove(from);
        }
    }

    private void listenerClosed() {
        sockets.forEach(TestProxy::close);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(AutoCloseable socket) {
        try {
            socket.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        close(listener);
        cut();
    }
}
