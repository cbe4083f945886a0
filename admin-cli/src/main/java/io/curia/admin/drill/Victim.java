package io.curia.admin.drill;

import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import java.time.Instant;

/**
 * A master about to be hurt, as its registration describes it.
 *
 * @param id the node
 * @param incarnation its registration
 * @param address where its port can be dialled
 * @param pid its process on {@code host}
 * @param host the machine it says it runs on
 * @param registeredAt when it registered, by its own wall clock
 * @param epoch the epoch of the cluster
 */
public record Victim(NodeId id, Incarnation incarnation, Endpoint address, long pid, String host,
        Instant registeredAt, Epoch epoch) {

    /** Returns {@code member} as the victim of a round that begins in {@code epoch}. */
    public static Victim of(Member member, Epoch epoch) {
        return new Victim(member.id(), member.incarnation(), member.address(), member.pid(), member.host(),
                member.since(), epoch);
    }
}
