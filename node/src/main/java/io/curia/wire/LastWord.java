package io.curia.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.SocketChannel;

/**
 * The end of a connection whose client is to read the last thing that it was told: closing on unread input resets the
 * connection, and a reset may overtake what was sent before it. On the port's thread only.
 */
final class LastWord {

    private static final int MAX_THROWN_AWAY = 1 << 20;

    private final SocketChannel channel;
    private final long untilNanos;
    private int thrownAway;

    private LastWord(SocketChannel channel, long untilNanos) {
        this.channel = channel;
        this.untilNanos = untilNanos;
    }

    /**
     * Shuts the sending side once everything written has been sent, and returns what is to be asked from then on; a
     * client that has ended its own side hears it to the end anyway, so it is closed at once.
     */
    static LastWord of(SocketChannel channel, boolean clientHasEnded, long untilNanos) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (clientHasEnded || !sent.isSuccess()) {
                channel.close();
            } else {
                channel.shutdownOutput();
            }
        });
        return new LastWord(channel, untilNanos);
    }

    /** Notes that the client went on talking; one that talks without end is cut off. */
    void ignore(int bytes) {
        thrownAway += bytes;
        if (thrownAway > MAX_THROWN_AWAY) {
            channel.close();
        }
    }

    /** Returns for how many nanoseconds the client may still take to close. */
    long remaining(long now) {
        return untilNanos - now;
    }
}
