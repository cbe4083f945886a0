package io.curia.wire;

import io.curia.port.Limit;
import java.time.Duration;

/**
 * What a node's port allows to strangers.
 *
 * @param maxConnections how many connections may stand at once; one more is answered BUSY and closed
 * @param maxUnanswered how many requests of one connection may be worked on; the next is not read before one is
 *     answered
 * @param maxBufferedBytes how much all connections together may keep in memory, beyond 1 KiB each
 * @param firstRequest how long a new connection may be silent
 * @param line how long a line may take from its first byte to its last
 * @param idle how long a connection may stand without a request, unless it is kept
 * @param answer how long the node may work on one request
 * @param write how long a client may leave its answers unread
 * @param linger how long a connection that gets a last word is kept for the word to be read
 */
public record ServerLimits(int maxConnections, int maxUnanswered, long maxBufferedBytes, Duration firstRequest,
        Duration line, Duration idle, Duration answer, Duration write, Duration linger) {

    /** What a node uses unless told otherwise. */
    public static final ServerLimits DEFAULT = new ServerLimits(4_096, 16, 16L << 20, Duration.ofSeconds(5),
            Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(1));

    public ServerLimits {
        Limit.atLeastOne("maxConnections", maxConnections);
        Limit.atLeastOne("maxUnanswered", maxUnanswered);
        Limit.atLeastOne("maxBufferedBytes", maxBufferedBytes);
        Limit.positive("firstRequest", firstRequest);
        Limit.positive("line", line);
        Limit.positive("idle", idle);
        Limit.positive("answer", answer);
        Limit.positive("write", write);
        Limit.positive("linger", linger);
    }

    /** Returns these limits with another number of connections. */
    public ServerLimits withMaxConnections(int connections) {
        return new ServerLimits(connections, maxUnanswered, maxBufferedBytes, firstRequest, line, idle, answer,
                write, linger);
    }

    /** Returns these limits with another amount of memory. */
    public ServerLimits withMaxBufferedBytes(long bytes) {
        return new ServerLimits(maxConnections, maxUnanswered, bytes, firstRequest, line, idle, answer, write,
                linger);
    }

    /** Returns these limits with other patience for clients: for their first request, a line, and between requests. */
    public ServerLimits withPatience(Duration forFirst, Duration forLine, Duration whenIdle) {
        return new ServerLimits(maxConnections, maxUnanswered, maxBufferedBytes, forFirst, forLine, whenIdle, answer,
                write, linger);
    }

    /** Returns these limits with another deadline for the node's own answers. */
    public ServerLimits withAnswer(Duration deadline) {
        return new ServerLimits(maxConnections, maxUnanswered, maxBufferedBytes, firstRequest, line, idle, deadline,
                write, linger);
    }

    /** Returns these limits with other patience for clients that do not read. */
    public ServerLimits withWrite(Duration patience) {
        return new ServerLimits(maxConnections, maxUnanswered, maxBufferedBytes, firstRequest, line, idle, answer,
                patience, linger);
    }
}
