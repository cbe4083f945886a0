package io.curia.proof;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Stands between clients and a port, as a network does that may lie: it can reset connections, refuse new ones, or hold
 * everything back and deliver it late.
 *
 * <p>A gate that mirrors its port refuses connections while the port does, so that a process that dies behind it looks
 * to others as if they had reached it directly.
 */
final class Gate implements AutoCloseable {

    private static final int BACKLOG = 50;
    private static final int CONNECT_MILLIS = 1_000;
    private static final long LOOK_NANOS = 10_000_000;

    private final InetSocketAddress at;
    private final InetSocketAddress port;
    private final boolean mirror;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private ServerSocket listener;
    private volatile boolean refusing;
    private boolean holding;
    private volatile boolean closed;

    private Gate(InetSocketAddress at, InetSocketAddress port, boolean mirror) {
        this.at = at;
        this.port = port;
        this.mirror = mirror;
    }

    /** Returns a gate at {@code at} before {@code port}, which lets everything through. */
    static Gate open(InetSocketAddress at, InetSocketAddress port) throws IOException {
        Gate gate = new Gate(at, port, false);
        gate.listen();
        return gate;
    }

    /** Returns a gate that refuses connections as long as {@code port} does, which it does not need to listen yet. */
    static Gate mirroring(InetSocketAddress at, InetSocketAddress port) {
        Gate gate = new Gate(at, port, true);
        daemon(gate::listenOncePortDoes);
        return gate;
    }

    String address() {
        return at.getAddress().getHostAddress() + ":" + at.getPort();
    }

    /** Resets every connection; new ones are let through. */
    void reset() {
        List.copyOf(sockets).forEach(Gate::reset);
        sockets.clear();
    }

    /** Resets every connection and refuses new ones, until {@link #admit}. */
    void refuse() {
        locked(() -> {
            refusing = true;
            closeListener();
        });
        reset();
    }

    /** Holds back everything that is sent, until {@link #admit} delivers it. */
    void hold() {
        locked(() -> holding = true);
    }

    /** Lets everything through again. */
    void admit() throws IOException {
        boolean wasRefusing = refusing;
        locked(() -> {
            refusing = false;
            holding = false;
            changed.signalAll();
        });
        if (wasRefusing) {
            if (mirror) {
                daemon(this::listenOncePortDoes);
            } else {
                listen();
            }
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private void listen() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(at, BACKLOG);
        lock.lock();
        try {
            if (closed || refusing) {
                socket.close();
                return;
            }
            listener = socket;
        } finally {
            lock.unlock();
        }
        daemon(() -> accept(socket));
    }

    private void listenOncePortDoes() {
        while (!closed && !refusing) {
            try (Socket look = connect()) {
                look.setSoLinger(true, 0);
                listen();
                return;
            } catch (IOException e) {
                // Nobody there yet; look again.
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(port, CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                sockets.add(client);
                daemon(() -> serve(client, from));
            } catch (SocketException e) {
                // Closed by whoever refuses or is done: the loop's condition says so.
                continue;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket client, ServerSocket from) {
        Socket server;
        try {
            client.setTcpNoDelay(true);
            server = connect();
        } catch (IOException e) {
            if (mirror) {
                portIsGone(from);
            }
            sockets.remove(client);
            reset(client);
            return;
        }
        sockets.add(server);
        daemon(() -> copy(client, server));
        daemon(() -> copy(server, client));
    }

    /** Whoever looks next is refused here too; it may be the same port's next owner that lets them in again. */
    private void portIsGone(ServerSocket from) {
        boolean[] mine = {false};
        locked(() -> {
            mine[0] = listener == from;
            if (mine[0]) {
                closeListener();
            }
        });
        if (mine[0]) {
            daemon(this::listenOncePortDoes);
        }
    }

    private void closeListener() {
        if (listener != null) {
            try {
                listener.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            listener = null;
        }
    }

    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[8192];
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitRelease();
                out.write(buffer, 0, read);
            }
        } catch (IOException e) {
            // Reset: closing both sides, which has been done by now, is all there is to do.
            sockets.remove(to);
        }
        sockets.removeAll(List.of(from, to));
    }

    private void awaitRelease() {
        lock.lock();
        try {
            while (holding) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It was closed by its other end in the same moment.
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "gate");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns gates before each of these servers, listening on {@code host}. */
    static List<Gate> before(List<InetSocketAddress> servers, InetAddress host, Ports ports) throws IOException {
        List<Gate> gates = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            gates.add(open(new InetSocketAddress(host, ports.next()), server));
        }
        return List.copyOf(gates);
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            holding = false;
            changed.signalAll();
            closeListener();
        });
        reset();
    }
}
