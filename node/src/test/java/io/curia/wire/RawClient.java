package io.curia.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.curia.model.Endpoint;
import io.curia.wire.message.ErrorReply;
import io.curia.wire.message.MessageCodec;
import io.curia.wire.message.Reply;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;

/** A plain socket that says whatever a test wants said, and reads lines with a deadline. */
final class RawClient implements AutoCloseable {

    static final String PING = "{\"v\":1,\"type\":\"ping\"}\n";
    private static final int DEADLINE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawClient(Endpoint address) throws IOException {
        socket = new Socket(address.host(), address.port());
        socket.setSoTimeout(DEADLINE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    RawClient say(String text) throws IOException {
        return say(text.getBytes(UTF_8));
    }

    RawClient say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Ends what this side says; it can still hear. */
    RawClient endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Returns the next reply, or null at the end of the stream. */
    Reply hear() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        return next < 0 && line.size() == 0 ? null : MessageCodec.decodeReply(line.toByteArray());
    }

    /** Returns the next reply, which must be an error. */
    ErrorReply hearError() throws IOException {
        return (ErrorReply) hear();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
