package io.curia.wire.message;

import io.curia.model.NodeId;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for the members, in the order of their ids.
 *
 * @param after only those that come after this id; empty: from the first
 */
public record MembersRequest(Optional<NodeId> after) implements Request {

    static final String TYPE = "members";

    public MembersRequest {
        Objects.requireNonNull(after, "after");
    }

    /** Returns a request for the first page. */
    public static MembersRequest first() {
        return new MembersRequest(Optional.empty());
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
        return visitor.members(this);
    }
}
