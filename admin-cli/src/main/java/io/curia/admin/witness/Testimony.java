package io.curia.admin.witness;

import io.curia.model.Endpoint;
import io.curia.wire.message.MasterReply;
import io.curia.wire.message.StatusReply;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What one address had to say, asked once.
 *
 * @param address who was asked
 * @param sight what was found there
 * @param status what the node says of itself; present exactly if it answered
 * @param master whom it takes for master; empty if it did not say
 * @param took from dialling to the last answer, or to giving up
 * @param detail what happened, for a person
 */
public record Testimony(Endpoint address, Sight sight, Optional<StatusReply> status, Optional<MasterReply> master,
        Duration took, String detail) {

    public Testimony {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(took, "took");
        Objects.requireNonNull(detail, "detail");
        if (status.isPresent() != (sight == Sight.ANSWERED)) {
            throw new IllegalArgumentException("sight: " + sight + " with " + status
                    + " (expected: a status exactly if the node answered)");
        }
    }

    /** Returns the testimony of an address at which no node answered. */
    public static Testimony none(Endpoint address, Sight sight, Duration took, String detail) {
        return new Testimony(address, sight, Optional.empty(), Optional.empty(), took, detail);
    }

    /** Returns whether a node answered. */
    public boolean answered() {
        return sight == Sight.ANSWERED;
    }
}
