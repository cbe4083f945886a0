package io.curia.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One node's mastership as recorded in ZooKeeper: written by the claim, ended by its holder or by whoever
 * removed it.
 *
 * @param epoch the number of this mastership
 * @param id the master
 * @param incarnation the registration that claimed
 * @param address where the master can be dialled
 * @param pid its process
 * @param latchPath the latch znode that permitted the claim; the master's place in the queue
 * @param since when it claimed, by its own wall clock
 * @param cause why the mastership before it ended
 * @param claimId random, so that a claimant whose answer was lost recognises its own claim
 * @param guard for how long a renewal keeps the master valid, counted from its sending
 * @param ending how it ended; empty while it lasts, and when the holder vanished without a word
 * @param keeperPort as in the holder's registration, see {@link Member#keeperPort()}
 */
public record Tenure(Epoch epoch, NodeId id, Incarnation incarnation, Endpoint address, long pid, String latchPath,
        Instant since, Cause cause, String claimId, Duration guard, Optional<Ending> ending,
        Optional<Integer> keeperPort) {

    public Tenure {
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(latchPath, "latchPath");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(claimId, "claimId");
        Objects.requireNonNull(guard, "guard");
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(keeperPort, "keeperPort");
    }

    /** A tenure of a node that keeps no command. */
    public Tenure(Epoch epoch, NodeId id, Incarnation incarnation, Endpoint address, long pid, String latchPath,
            Instant since, Cause cause, String claimId, Duration guard, Optional<Ending> ending) {
        this(epoch, id, incarnation, address, pid, latchPath, since, cause, claimId, guard, ending, Optional.empty());
    }

    /** Returns this tenure, ended. */
    public Tenure ended(Ending how) {
        return new Tenure(epoch, id, incarnation, address, pid, latchPath, since, cause, claimId, guard,
                Optional.of(how), keeperPort);
    }

    /** Returns whether this is a tenure of that very registration. */
    public boolean isOf(Incarnation other) {
        return incarnation.equals(other);
    }

    // Written out: see Incarnation.
    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Tenure that && Arrays.equals(components(), that.components());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components());
    }

    private Object[] components() {
        return new Object[] {epoch, id, incarnation, address, pid, latchPath, since, cause, claimId, guard, ending,
                keeperPort};
    }
}
