package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.Happening;
import io.curia.model.MasterRecord;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the session is given of a claim, what the history is told of it, and what the core hears. */
final class Claiming {

    private Claiming() {
    }

    static NodeSession.Claim recorded(Action.Claim claim) {
        return new NodeSession.Claim(claim.tenure(), claim.masterVersion(), claim.rosterVersion(), claim.grounds(),
                claim.takeover());
    }

    /** Returns how the tenure before ended, if nobody has told of that, and that this one begins. */
    static List<Happening> told(Action.Claim claim) {
        List<Happening> happenings = new ArrayList<>();
        Optional<Tenure> taken = claim.takeover().map(Takeover::ended);
        taken.ifPresent(ended -> happenings.addAll(Happening.ending(ended, true)));
        MasterRecord before = taken.isPresent() ? new MasterRecord(taken, claim.masterVersion()) : claim.before();
        happenings.addAll(Happening.succession(before, claim.tenure()));
        return happenings;
    }

    static Event committed(Action.Claim claim, Outcome outcome) {
        return new Event.Claimed(claim.tenure().claimId(), outcome.version(), claim.issuedNanos());
    }
}
