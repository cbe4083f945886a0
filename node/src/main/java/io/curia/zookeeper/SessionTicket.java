package io.curia.zookeeper;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What it takes to end a ZooKeeper session from elsewhere: a node keeps it in its data directory, so that the next
 * process under its id need not wait for the old session to expire. A secret.
 */
public final class SessionTicket {

    private final long sessionId;
    private final byte[] password;

    SessionTicket(long sessionId, byte[] password) {
        this.sessionId = sessionId;
        this.password = password.clone();
    }

    /**
     * Returns the ticket spelled {@code text}.
     *
     * @throws IllegalArgumentException if it is not what {@link #spelled} returned
     */
    public static SessionTicket parse(String text) {
        String[] parts = text.strip().split(":", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("session ticket (expected: ID:PASSWORD, both in hex)");
        }
        return new SessionTicket(HexFormat.fromHexDigitsToLong(parts[0]), HexFormat.of().parseHex(parts[1]));
    }

    /** Returns the ticket as a line of text, to be kept where only its owner can read it. */
    public String spelled() {
        return HexFormat.of().toHexDigits(sessionId) + ":" + HexFormat.of().formatHex(password);
    }

    /** Returns the session it is for. */
    public long sessionId() {
        return sessionId;
    }

    byte[] password() {
        return password.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SessionTicket ticket && sessionId == ticket.sessionId
                && Arrays.equals(password, ticket.password);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sessionId, Arrays.hashCode(password));
    }

    /** Names the session, not the secret. */
    @Override
    public String toString() {
        return "ticket of session 0x" + Long.toHexString(sessionId);
    }
}
