package io.curia.wire.message;

import io.curia.model.YieldedTenure;
import java.util.Objects;

/**
 * The answering node's tenure is over, and whoever is next in the queue may take over. Said on a lifeline to those
 * that asked for it, see {@link LifelineRequest#heir}; never by a client.
 *
 * @param tenure what is over
 */
public record Yielded(YieldedTenure tenure) implements Notice {

    static final String TYPE = "yielded";

    public Yielded {
        Objects.requireNonNull(tenure, "tenure");
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.yielded(this);
    }
}
