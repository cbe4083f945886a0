package io.curia.port;

import io.curia.model.Endpoint;
import java.net.BindException;
import java.nio.channels.UnresolvedAddressException;

/** The node cannot listen where it was told to; the message says what to do about it. */
public final class BindFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Endpoint address;

    /** What {@code cause} says, in words about this address. */
    public BindFailedException(Endpoint address, Throwable cause) {
        super("cannot listen on " + address + ": " + explanation(cause), cause);
        this.address = address;
    }

    /** Returns where it was to listen. */
    public Endpoint address() {
        return address;
    }

    private static String explanation(Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        if (cause instanceof UnresolvedAddressException) {
            return "the host name is not known here; use this machine's own name or address, or 0.0.0.0 for all";
        }
        if (cause instanceof BindException && said.contains("in use")) {
            return "the port is in use, perhaps by another node; use another port, or 0 for any free one";
        }
        if (cause instanceof BindException && said.contains("assign")) {
            return "the address is not one of this machine; use one that is, or 0.0.0.0 for all";
        }
        if (said.contains("ermission")) {
            return "not permitted; use a port above 1023";
        }
        return said;
    }
}
