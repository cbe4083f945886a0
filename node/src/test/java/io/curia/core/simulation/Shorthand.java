package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.core.Obituary;
import io.curia.model.Incarnation;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import java.util.List;
import java.util.stream.Collectors;

/** Events and actions on one line each, for people who read a trace. */
final class Shorthand {

    private Shorthand() {
    }

    static String of(Event event, List<Action> actions) {
        String cause = event instanceof Event.Observed observed ? of(observed.observation())
                : event instanceof Event.DeathVerified verified ? of(verified.obituary()) : event.toString();
        return cause + (actions.isEmpty() ? "" : " => " + actions.stream().map(Shorthand::of)
                .collect(Collectors.joining("; ")));
    }

    private static String of(Observation seen) {
        return (seen.connected() ? "" : "DISCONNECTED ") + "roster " + seen.roster().map(Shorthand::of).orElse("-")
                + ", live " + seen.live().map(found -> of(found.incarnation()) + (found.mine() ? "" : " foreign"))
                        .orElse("-")
                + ", latch " + seen.latch().map(place -> path(place.path()) + (place.first() ? " first" : "")
                        + (place.leading() ? " leading" : "")).orElse("-")
                + ", master " + of(seen.master()) + (seen.holderLive() ? "" : " holder gone");
    }

    private static String of(RosterEntry entry) {
        return entry.standing() + " v" + entry.version();
    }

    private static String of(MasterRecord master) {
        return "v" + master.version() + " " + master.tenure().map(Shorthand::of).orElse("-");
    }

    static String of(Tenure tenure) {
        return "e" + tenure.epoch() + " " + tenure.id() + "/" + of(tenure.incarnation()) + " at "
                + path(tenure.latchPath()) + " claim " + tenure.claimId().substring(0, 4)
                + tenure.ending().map(ending -> " ended " + ending.cause()
                        + (ending.confirmed() ? "" : " unconfirmed")).orElse("");
    }

    private static String of(Action action) {
        if (action instanceof Action.Claim claim) {
            return "Claim " + of(claim.tenure()) + " master v" + claim.masterVersion() + " roster v"
                    + claim.rosterVersion();
        }
        if (action instanceof Action.Renew renew) {
            return "Renew e" + renew.tenure().epoch();
        }
        if (action instanceof Action.EndTenure end) {
            return "EndTenure " + of(end.ended().tenure()) + " master v" + end.ended().masterVersion();
        }
        if (action instanceof Action.StepAside aside) {
            return "StepAside " + of(aside.ended().tenure()) + " master v" + aside.ended().masterVersion();
        }
        if (action instanceof Action.BeginMastership begin) {
            return "Begin " + of(begin.tenure()) + " master v" + begin.masterVersion() + " until "
                    + begin.validUntilNanos();
        }
        if (action instanceof Action.Register register) {
            return "Register " + of(register.incarnation()) + " roster v" + register.entry().version();
        }
        if (action instanceof Action.Leave leave) {
            return "Leave roster v" + leave.departed().version() + " latch " + leave.latchPath().map(Shorthand::path)
                    + leave.ended().map(ended -> " ending " + of(ended.tenure())).orElse("");
        }
        if (action instanceof Action.Note note) {
            return "Note roster v" + note.entry().version() + " " + note.entry().notes();
        }
        if (action instanceof Action.Remove remove) {
            return "Remove " + remove.dead().stream().map(Shorthand::of).collect(Collectors.joining(", "))
                    + remove.claim().map(claim -> ", claim " + of(claim.tenure())).orElse("");
        }
        return action.toString();
    }

    private static String of(Obituary dead) {
        return dead.id() + "/" + of(dead.incarnation()) + (dead.proven() ? " proven" : " doubtful");
    }

    private static String of(Incarnation incarnation) {
        return incarnation.value().substring(0, 4);
    }

    private static String path(String path) {
        return "#" + Integer.parseInt(path.substring(path.lastIndexOf('-') + 1));
    }
}
