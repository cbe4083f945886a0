package io.curia.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a connection has been sent and has not read yet, within the port's budget. On the port's thread only. */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Channel channel;
    private final MemoryBudget.Share unsent;

    Outbox(Channel channel, MemoryBudget.Share unsent) {
        this.channel = channel;
        this.unsent = unsent;
    }

    /** Writes the line, not flushed yet; if all connections together leave too much unread, this one is cut off. */
    void write(byte[] line) {
        if (unsent.hold(unsent.held() + line.length)) {
            channel.write(Unpooled.wrappedBuffer(line))
                    .addListener(sent -> unsent.hold(unsent.held() - line.length));
        } else {
            LOG.debug("connection of {} is cut off: too many answers are unread", channel.remoteAddress());
            channel.close();
        }
    }

    /** Sends the line, asked for by nobody: a client that leaves so much unread that it must wait is cut off. */
    void push(byte[] line) {
        if (channel.isWritable()) {
            write(line);
            channel.flush();
        } else {
            LOG.debug("connection of {} is cut off: it does not read what it is sent", channel.remoteAddress());
            channel.close();
        }
    }
}
