package io.curia.model;

import java.util.Objects;
import java.util.Optional;

/**
 * What a claim takes down of the mastership before it, in the same transaction: its holder acts no more, has said so
 * or is dead beyond doubt, and its place is the only one ahead of the claimant's.
 *
 * @param ended the tenure before, with its confirmed ending, which nobody has recorded yet; its place in the latch
 *     goes
 * @param settled the switchover that it ended for, settled, at the version it was read; empty if for none
 */
public record Takeover(Tenure ended, Optional<Versioned<Switchover>> settled) {

    public Takeover {
        Objects.requireNonNull(settled, "settled");
        if (ended.ending().filter(Ending::confirmed).isEmpty()) {
            throw new IllegalArgumentException("takeover: from " + ended.id() + ", ending " + ended.ending()
                    + " (expected: a confirmed one)");
        }
    }
}
