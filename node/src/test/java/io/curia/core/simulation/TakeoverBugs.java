package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.Cause;
import io.curia.model.Incarnation;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import io.curia.model.YieldedTenure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Masters that say too much, and heirs that hear what was not said. */
final class TakeoverBugs {

    private TakeoverBugs() {
    }

    private static Mutation doing(Deeds deeds) {
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                return deeds.of(process, actions);
            }
        };
    }

    /** What is done instead. */
    private interface Deeds {
        List<Action> of(NodeProcess process, List<Action> actions);
    }

    /** Says that its tenure is over as soon as its duties are to stop. */
    static Mutation saysItTooEarly() {
        return doing((process, actions) -> {
            List<Action> all = new ArrayList<>(actions);
            process.mandate.filter(held -> actions.stream().anyMatch(action ->
                    action instanceof Action.StopDuties stop && stop.planned() && stop.epoch().equals(held.epoch)))
                    .ifPresent(held -> all.add(new Action.Yield(new YieldedTenure(held.epoch, held.claimId,
                            Cause.STEP_DOWN, "early", Optional.empty()))));
            return all;
        });
    }

    /** Says it, and goes on being valid until its clock guard runs out. */
    static Mutation staysValid() {
        return doing((process, actions) -> actions.stream().anyMatch(Action.Yield.class::isInstance)
                ? actions.stream().filter(action -> !(action instanceof Action.RevokeMastership)).toList() : actions);
    }

    /** Whatever was said of one tenure is taken to be said of the one that stands. */
    static Mutation heedsAnyWord() {
        Map<NodeProcess, YieldedTenure> last = new HashMap<>();
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                if (event instanceof Event.TenureYielded yielded) {
                    last.put(process, yielded.word());
                }
                Optional<Tenure> standing = event instanceof Event.Observed observed
                        ? observed.observation().master().tenure() : Optional.empty();
                return standing.isEmpty() || !last.containsKey(process) ? List.of(event)
                        : List.of(event, said(standing.get(), last.get(process)));
            }
        };
    }

    private static Event said(Tenure standing, YieldedTenure word) {
        Incarnation holder = standing.incarnation();
        return new Event.TenureYielded(holder, new YieldedTenure(standing.epoch(), standing.claimId(), word.cause(),
                word.reason(), word.switchover()));
    }

    /** Takes the master for the only one ahead of it, wherever it queues. */
    static Mutation alwaysRightBehind() {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(event instanceof Event.Observed observed
                        ? new Event.Observed(behindTheMaster(observed.observation())) : event);
            }
        };
    }

    private static Observation behindTheMaster(Observation seen) {
        Optional<String> masters = seen.master().tenure().map(Tenure::latchPath);
        return seen.withLatch(seen.latch().map(place -> place.ahead() == 0 ? place
                : new LatchPlace(place.path(), place.leading(), 1, masters)));
    }

    static Mutation settlesNothing() {
        return doing((process, actions) -> actions.stream().map(action -> action instanceof Action.Claim claim
                ? new Action.Claim(claim.tenure(), claim.before(), claim.rosterVersion(), claim.grounds(),
                        claim.issuedNanos(), claim.takeover().map(TakeoverBugs::unsettled)) : action).toList());
    }

    private static Takeover unsettled(Takeover over) {
        return new Takeover(over.ended(), Optional.empty());
    }
}
