package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.Happening;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.time.Duration;
import java.util.List;

/** What the session is given of a claim, what the history is told of it, and what the core hears. */
final class Claiming {

    /** How long taking over takes, when all is well: what whoever has yielded may see meanwhile is not urgent. */
    static final Duration TAKES = Duration.ofMillis(18);

    private Claiming() {
    }

    static NodeSession.Claim recorded(Action.Claim claim) {
        return new NodeSession.Claim(claim.tenure(), claim.masterVersion(), claim.rosterVersion(), claim.grounds(),
                claim.takeover());
    }

    /** Returns how the tenure before ended, if nobody has told of that, and that this one begins. */
    static List<Happening> told(Action.Claim claim) {
        return claim.takeover().map(over -> Happening.takeover(over.ended(), claim.tenure()))
                .orElseGet(() -> Happening.succession(claim.before(), claim.tenure()));
    }

    static Event committed(Action.Claim claim, Outcome outcome) {
        return new Event.Claimed(claim.tenure().claimId(), outcome.version(), claim.issuedNanos());
    }
}
