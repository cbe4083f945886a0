package io.curia.http;

import io.curia.port.Limit;
import java.time.Duration;

/**
 * What a node's HTTP port allows to strangers.
 *
 * @param maxConnections how many connections may stand at once; one more takes the place of whoever has kept the node
 *     waiting longest, and is turned away if nobody does
 * @param maxStreams how many of them may read the stream of events
 * @param request how long a request may take from its first byte to its last, the first one from the connection on
 * @param idle how long a connection may stand without a request
 * @param answer how long the node may work on one request
 * @param write how long a client may leave what it was sent unread
 * @param linger how long a connection that gets a last word is kept for the word to be read
 * @param look how often the node is looked at for news while somebody reads the stream
 * @param heartbeat how often something is sent on a stream on which nothing happens
 */
public record HttpLimits(int maxConnections, int maxStreams, Duration request, Duration idle, Duration answer,
        Duration write, Duration linger, Duration look, Duration heartbeat) {

    /** What a node uses unless told otherwise. */
    public static final HttpLimits DEFAULT = new HttpLimits(256, 32, Duration.ofSeconds(5), Duration.ofSeconds(60),
            Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofMillis(100),
            Duration.ofSeconds(15));
    /** How long the first line of a request may be. */
    static final int MAX_LINE = 2_048;
    /** How long all its headers together may be. */
    static final int MAX_HEADERS = 8_192;

    public HttpLimits {
        Limit.atLeastOne("maxConnections", maxConnections);
        Limit.atLeastOne("maxStreams", maxStreams);
        Limit.positive("request", request);
        Limit.positive("idle", idle);
        Limit.positive("answer", answer);
        Limit.positive("write", write);
        Limit.positive("linger", linger);
        Limit.positive("look", look);
        Limit.positive("heartbeat", heartbeat);
    }

    /** Returns these limits with other numbers of connections and streams. */
    public HttpLimits withRoomFor(int connections, int streams) {
        return new HttpLimits(connections, streams, request, idle, answer, write, linger, look, heartbeat);
    }

    /** Returns these limits with other patience for clients: for a request, between requests, and for their reading. */
    public HttpLimits withPatience(Duration forRequest, Duration whenIdle, Duration forReading) {
        return new HttpLimits(maxConnections, maxStreams, forRequest, whenIdle, answer, forReading, linger, look,
                heartbeat);
    }

    /** Returns these limits with another deadline for the node's own answers. */
    public HttpLimits withAnswer(Duration deadline) {
        return new HttpLimits(maxConnections, maxStreams, request, idle, deadline, write, linger, look, heartbeat);
    }

    /** Returns these limits with another time between signs of life on a stream. */
    public HttpLimits withHeartbeat(Duration every) {
        return new HttpLimits(maxConnections, maxStreams, request, idle, answer, write, linger, look, every);
    }
}
