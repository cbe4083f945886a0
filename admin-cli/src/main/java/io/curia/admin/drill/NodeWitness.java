package io.curia.admin.drill;

import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Asks one node over and over what it believes of itself, over a connection that is kept. */
final class NodeWitness implements Runnable {

    private static final Duration CONNECT = Duration.ofMillis(500);
    /** A frozen node answers what is in its sockets when it is resumed; a dead host never does. */
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final long RETRY_NANOS = Duration.ofMillis(2).toNanos();

    private final NodeId id;
    private final long everyNanos;
    private volatile Endpoint address;
    private volatile boolean ended;
    private volatile BlockingNodeClient connection;
    /** Written by the witness's thread alone. */
    private volatile Track track;

    NodeWitness(NodeId id, Endpoint address, long everyNanos) {
        this.id = id;
        this.address = address;
        this.everyNanos = everyNanos;
    }

    List<Run> runs() {
        Track seen = track;
        return seen == null ? List.of() : seen.runs();
    }

    void follow(Endpoint next) {
        address = next;
    }

    /** Ends the witness soon, in the middle of a question too. */
    void end() {
        ended = true;
        BlockingNodeClient current = connection;
        if (current != null) {
            current.close();
        }
    }

    @Override
    public void run() {
        while (!ended) {
            Endpoint asked = address;
            try (BlockingNodeClient client = BlockingNodeClient.connect(asked, CONNECT)) {
                connection = client;
                while (!ended && asked.equals(address)) {
                    ask(client);
                    LockSupport.parkNanos(everyNanos);
                }
            } catch (NoAnswerException e) {
                // Silence is what this is about: it shows as the time in which there was no answer.
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void ask(BlockingNodeClient client) {
        long asked = System.nanoTime();
        Optional<StatusReply> reply = client.ask(new StatusRequest(), ANSWER).as(StatusReply.class);
        long answered = System.nanoTime();
        // An address may have gone to somebody else.
        reply.filter(status -> status.id().equals(id))
                .ifPresent(status -> track = Track.append(track, Run.of(status, asked, answered)));
    }
}
