package io.curia.runtime;

import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import java.util.Objects;
import java.util.Optional;

/**
 * A promotion that is about to happen.
 *
 * @param id the node that is to be master
 * @param epoch the epoch that it is going to claim, unless somebody else is quicker
 * @param cause why the mastership before ended
 * @param before that mastership; empty if there never was one
 */
public record Promotion(NodeId id, Epoch epoch, Cause cause, Optional<Tenure> before) {

    public Promotion {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(before, "before");
    }
}
