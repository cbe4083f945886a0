package io.curia.wire;

import io.curia.wire.message.Pong;
import java.util.Objects;
import java.util.Optional;

/**
 * What one look at an address brought.
 *
 * @param sight what was seen
 * @param pong who answered; present exactly if somebody of this protocol did
 * @param detail what happened, for a person
 */
public record ProbeResult(Sight sight, Optional<Pong> pong, String detail) {

    /** What can be seen at an address. */
    public enum Sight {
        /** A node said who it is. */
        ANSWERED,
        /** The host said that nobody listens there: exactly "connection refused", nothing like it. */
        REFUSED,
        /** The connection was accepted, then closed or reset before an answer. */
        HUNG_UP,
        /** The connection was accepted, and nobody said who he is in time; or this host itself could not look. */
        SILENT,
        /** No answer to the attempt to connect, or no way to the host. */
        UNREACHABLE,
        /** What answered does not speak this protocol. */
        STRANGER
    }

    public ProbeResult {
        Objects.requireNonNull(detail, "detail");
        if (pong.isPresent() != (sight == Sight.ANSWERED)) {
            throw new IllegalArgumentException("sight: " + sight + " with " + pong
                    + " (expected: a pong exactly if somebody answered)");
        }
    }

    static ProbeResult answered(Pong pong) {
        return new ProbeResult(Sight.ANSWERED, Optional.of(pong), pong.id() + " " + pong.incarnation());
    }

    static ProbeResult of(Sight sight, String detail) {
        return new ProbeResult(sight, Optional.empty(), detail);
    }
}
