package io.curia.wire.message;

import io.curia.model.Cause;
import io.curia.model.Endpoint;
import io.curia.model.Epoch;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import java.time.Instant;
import java.util.Objects;

/**
 * A mastership as told to others.
 *
 * @param id the master
 * @param epoch the number of its mastership
 * @param address where it can be dialled
 * @param pid its process
 * @param since when it claimed, by its own wall clock
 * @param cause why the mastership before it ended
 */
public record MasterInfo(NodeId id, Epoch epoch, Endpoint address, long pid, Instant since, Cause cause) {

    public MasterInfo {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(cause, "cause");
    }

    /** Returns what others are told of this tenure. */
    public static MasterInfo of(Tenure tenure) {
        return new MasterInfo(tenure.id(), tenure.epoch(), tenure.address(), tenure.pid(), tenure.since(),
                tenure.cause());
    }
}
