package io.curia.wire;

import io.curia.model.Endpoint;
import io.curia.wire.message.ErrorReply;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Objects;

/** A node was asked and gave no answer; the kinds are told apart because they are different evidence. */
public final class NoAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why there is no answer. */
    public enum Kind {
        /** The host said that nobody listens on that port: exactly "connection refused", nothing like it. */
        REFUSED,
        /** Nothing was heard in time. */
        TIMEOUT,
        /** The network has no way to that host. */
        UNREACHABLE,
        /** The host name has no address. */
        UNKNOWN_HOST,
        /** The connection stood and was closed or reset before the answer. */
        CLOSED,
        /** What came is no answer of this protocol. */
        PROTOCOL,
        /** The node answered that it will not; the message says why. */
        DECLINED
    }

    private final Kind kind;
    private final Endpoint address;

    /** Makes the exception; {@code cause} may be null. */
    public NoAnswerException(Kind kind, Endpoint address, String detail, Throwable cause) {
        super(address + ": " + detail, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.address = address;
    }

    /** Returns why there is no answer. */
    public Kind kind() {
        return kind;
    }

    /** Returns who was asked. */
    public Endpoint address() {
        return address;
    }

    static NoAnswerException timeout(Endpoint address) {
        return new NoAnswerException(Kind.TIMEOUT, address, "no answer in time", null);
    }

    static NoAnswerException closed(Endpoint address, Throwable cause) {
        return new NoAnswerException(Kind.CLOSED, address, "closed the connection before it answered", cause);
    }

    static NoAnswerException protocol(Endpoint address, Throwable cause) {
        return new NoAnswerException(Kind.PROTOCOL, address, "answered what is no reply: " + cause.getMessage(), cause);
    }

    static NoAnswerException declined(Endpoint address, ErrorReply error) {
        return new NoAnswerException(Kind.DECLINED, address, "declined: " + error.code() + " " + error.detail(), null);
    }

    /** Nobody listened there, or the port would not have been free for this end; but it is not for us to say so. */
    static NoAnswerException connectedToItself(Endpoint address) {
        return new NoAnswerException(Kind.CLOSED, address, "the connection came back to where it began", null);
    }

    /** Returns what the failure to connect says about the host. Java tells some kinds apart by their words only. */
    static NoAnswerException connecting(Endpoint address, Throwable cause) {
        String words = String.valueOf(cause.getMessage());
        if (cause instanceof UnknownHostException) {
            return new NoAnswerException(Kind.UNKNOWN_HOST, address, "the host name is not known", cause);
        }
        if (cause instanceof SocketTimeoutException || words.contains("timed out")) {
            return new NoAnswerException(Kind.TIMEOUT, address, "no connection in time", cause);
        }
        if (cause instanceof ConnectException && words.startsWith("Connection refused")) {
            return new NoAnswerException(Kind.REFUSED, address, "connection refused", cause);
        }
        if (cause instanceof NoRouteToHostException || cause instanceof SocketException && !words.contains("reset")) {
            return new NoAnswerException(Kind.UNREACHABLE, address, "cannot be reached: " + words, cause);
        }
        return closed(address, cause);
    }
}
