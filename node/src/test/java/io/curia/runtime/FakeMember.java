package io.curia.runtime;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.YieldedTenure;
import io.curia.wire.message.Goodbye;
import io.curia.wire.message.LifelineReply;
import io.curia.wire.message.LifelineRequest;
import io.curia.wire.message.Message;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Peer;
import io.curia.wire.message.Ping;
import io.curia.wire.message.Pong;
import io.curia.wire.message.WitnessReply;
import io.curia.wire.message.WitnessReply.Seen;
import io.curia.wire.message.WitnessRequest;
import io.curia.wire.message.Yielded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody's port, on plain sockets, so that it can go as a process goes: without a word. */
final class FakeMember implements AutoCloseable {

    static final String CLUSTER = "demo";
    static final String UUID = "6f1d4c2e-8b7a-4f0e-9c3d-5a2b1e0f7d6c";
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    final NodeId id;
    final Incarnation incarnation;
    /** What it was asked of others. */
    final List<WitnessRequest> questions = new CopyOnWriteArrayList<>();
    private final ServerSocket port;
    private final Thread acceptor;
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final List<Socket> heirs = new CopyOnWriteArrayList<>();
    private volatile boolean witness = true;
    private volatile boolean shy;
    private volatile Optional<Seen> opinion = Optional.empty();
    private volatile Optional<Incarnation> formerly = Optional.empty();

    FakeMember(String id, long incarnation) {
        this.id = NodeId.of(id);
        this.incarnation = Incarnation.of(7, incarnation);
        try {
            port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        acceptor = daemon(this::accept);
    }

    /** It says this of whomever it is asked about. */
    FakeMember seeing(Seen seen) {
        opinion = Optional.of(seen);
        return this;
    }

    /** It never says who it is: whoever wants to know is hung up on. */
    FakeMember shy() {
        shy = true;
        return this;
    }

    /** It is of a version that knows nothing of witnesses. */
    FakeMember old() {
        witness = false;
        return this;
    }

    /** Its process was registered as this one before. */
    FakeMember formerly(Incarnation former) {
        formerly = Optional.of(former);
        return this;
    }

    Endpoint address() {
        return new Endpoint("127.0.0.1", port.getLocalPort());
    }

    Member member() {
        return member(id, incarnation, address());
    }

    static Member member(NodeId id, Incarnation incarnation, Endpoint address) {
        return new Member(id, incarnation, address, MemberKind.CANDIDATE, 1, HostName.here(), "test", NOON, Map.of(),
                Optional.empty());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "fake-member");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = port.accept();
                connections.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException e) {
            // The port was closed: that is how this ends.
            return;
        }
    }

    private void serve(Socket socket) {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Message message = MessageCodec.decodeFromClient(line.getBytes(StandardCharsets.UTF_8));
                if (shy && message instanceof Ping) {
                    return;
                }
                if (message instanceof LifelineRequest caller && caller.heir()) {
                    heirs.add(socket);
                }
                Optional<byte[]> answer = answer(message);
                if (answer.isPresent()) {
                    socket.getOutputStream().write(answer.get());
                }
            }
        } catch (IOException e) {
            // The connection was closed under it, by this end or the other.
            return;
        }
    }

    private Optional<byte[]> answer(Message message) {
        if (message instanceof Ping) {
            return Optional.of(MessageCodec.encode(new Pong(id, incarnation, CLUSTER, Optional.of(UUID))));
        }
        if (message instanceof LifelineRequest) {
            return Optional.of(MessageCodec.encode(new LifelineReply(CLUSTER, UUID, new Peer(id, address()),
                    incarnation, new Epoch(1), formerly, witness)));
        }
        if (message instanceof WitnessRequest question) {
            questions.add(question);
            return opinion.map(seen -> MessageCodec.encode(
                    new WitnessReply(question.suspect(), question.incarnation(), seen)));
        }
        return Optional.empty();
    }

    /** Goes in order: says so first. */
    void leave() throws IOException {
        for (Socket connection : connections) {
            connection.getOutputStream().write(MessageCodec.encode(new Goodbye("leaving")));
        }
        close();
    }

    /** Says that its tenure is over, to whoever may take over; returns to how many that was. */
    int yieldTenure(YieldedTenure word) throws IOException {
        for (Socket connection : heirs) {
            connection.getOutputStream().write(MessageCodec.encode(new Yielded(word)));
        }
        return heirs.size();
    }

    /** Cuts every connection and lives on. */
    void cut() {
        connections.forEach(FakeMember::close);
    }

    /** Goes as a killed process does, its port first: whoever sees a connection cut is refused another. */
    void die() {
        close();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Closes the port, and the connections once it refuses. A socket in which a thread waits for connections goes on
     * accepting until that thread has woken up: whoever came in between would be answered by the dead.
     */
    @Override
    public void close() {
        try {
            port.close();
            acceptor.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        connections.forEach(FakeMember::close);
    }
}
