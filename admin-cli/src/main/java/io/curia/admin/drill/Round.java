package io.curia.admin.drill;

import io.curia.model.Epoch;
import io.curia.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What came of one round. Every duration counts from the moment just before the master was hurt.
 *
 * @param number from 1
 * @param startedAt when the master was hurt, by the wall clock
 * @param victim who was master
 * @param successor who is master afterwards; empty if nobody was seen to be
 * @param epochAfter the epoch then
 * @param removed when the victim's registration was seen gone
 * @param claimed when the new epoch was seen recorded
 * @param valid when a node first said that it is the valid master of a new epoch
 * @param righted when the victim had been resumed or its start been ordered
 * @param back when the victim was a member again
 * @param withoutMaster for how long no node was known to be a valid master
 * @param twoMasters for how long two nodes certainly were
 * @param answers how many answers of nodes this rests on
 * @param missing what was not seen in time, in words; empty if the round is complete
 */
public record Round(int number, Instant startedAt, Victim victim, Optional<NodeId> successor,
        Optional<Epoch> epochAfter, Optional<Duration> removed, Optional<Duration> claimed, Optional<Duration> valid,
        Optional<Duration> righted, Optional<Duration> back, Duration withoutMaster, Duration twoMasters, long answers,
        Optional<String> missing) {

    /** Returns whether everything that belongs to a round was seen. */
    public boolean isComplete() {
        return missing.isEmpty();
    }

    /** Returns whether the round missed the objective, or any: two masters at once never are in order. */
    public boolean misses(Optional<Duration> objective) {
        return !twoMasters.isZero() || objective.filter(longest -> withoutMaster.compareTo(longest) > 0).isPresent();
    }
}
