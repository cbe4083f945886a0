package io.curia.admin;

import io.curia.model.NodeId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What an operator asked for.
 *
 * @param ids whom to evict
 * @param actor who asks
 * @param reason why; may be empty
 * @param ban for how long
 * @param force whether the last live candidates may go too
 * @param ifEpoch the epoch in which alone it shall be done; empty: in any
 */
record EvictionRequest(Set<NodeId> ids, String actor, String reason, Ban ban, boolean force, OptionalLong ifEpoch) {

    EvictionRequest {
        ids = Set.copyOf(ids);
    }

    static EvictionRequest of(Collection<NodeId> ids, String actor, String reason, Ban ban, boolean force,
            OptionalLong ifEpoch) {
        return new EvictionRequest(new LinkedHashSet<>(ids), actor, reason, ban, force, ifEpoch);
    }

    /** Returns the same request, bound to the epoch in which its maker looked and agreed. */
    EvictionRequest boundTo(long epoch) {
        return new EvictionRequest(ids, actor, reason, ban, force,
                ifEpoch.isPresent() ? ifEpoch : OptionalLong.of(epoch));
    }

    /** Returns the same request, whatever the epoch. */
    EvictionRequest inAnyEpoch() {
        return new EvictionRequest(ids, actor, reason, ban, force, OptionalLong.empty());
    }
}
