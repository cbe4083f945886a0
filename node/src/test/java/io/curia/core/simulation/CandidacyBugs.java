package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.CandidacyNotes;
import io.curia.model.Epoch;
import io.curia.model.Observation;
import io.curia.model.Penalty;
import io.curia.model.RosterEntry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Cores that get wrong who may be a candidate, and where in the queue. */
final class CandidacyBugs {

    private CandidacyBugs() {
    }

    private static Mutation telling(Function<Event, Event> told) {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(told.apply(event));
            }
        };
    }

    private static Mutation doing(Function<Action, Optional<Action>> done) {
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                return actions.stream().flatMap(action -> done.apply(action).stream()).toList();
            }
        };
    }

    static Mutation blindToDrain() {
        return telling(event -> event instanceof Event.Observed observed
                ? new Event.Observed(undrained(observed.observation())) : event);
    }

    private static Observation undrained(Observation seen) {
        return new Observation(seen.connected(), seen.sessionId(), seen.sessionTimeout(),
                seen.roster().map(entry -> entry.noted(entry.notes().withDrain(Optional.empty()))), seen.live(),
                seen.latch(), seen.master(), seen.holderLive(), seen.intents());
    }

    static Mutation deafToIllness() {
        return telling(event -> event instanceof Event.HealthReported
                ? new Event.HealthReported(Optional.empty()) : event);
    }

    /** Whoever is to leave the queue stays in it; whoever queues anew is let go first, as it should be. */
    static Mutation neverWithdraws() {
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                boolean anew = actions.stream().anyMatch(Action.EnterLatch.class::isInstance);
                return actions.stream().filter(action -> anew || !(action instanceof Action.WithdrawLatch)).toList();
            }
        };
    }

    static Mutation forgottenAtRegistration() {
        return doing(action -> Optional.of(action instanceof Action.Register register
                ? new Action.Register(register.incarnation(), register.entry().noted(CandidacyNotes.NONE)) : action));
    }

    /** Takes every answer for a yes. */
    static Mutation deafToRefusals() {
        return telling(event -> event instanceof Event.PermissionAnswered answered
                ? new Event.PermissionAnswered(answered.askId(), Optional.empty()) : event);
    }

    static Mutation hearsNothing() {
        return new Mutation() {
            @Override
            public boolean hearsNothingOfTheQueue() {
                return true;
            }
        };
    }

    static Mutation neverNotes() {
        return doing(action -> action instanceof Action.Note ? Optional.empty() : Optional.of(action));
    }

    /** Takes every end of a mastership for a false start. */
    static Mutation blamedForStoppingDuties() {
        return doing(action -> Optional.of(action instanceof Action.Note note
                && note.entry().notes().serving().isEmpty() ? new Action.Note(blamed(note.entry())) : action));
    }

    private static RosterEntry blamed(RosterEntry entry) {
        return entry.noted(entry.notes().withPenalty(Optional.of(
                new Penalty(1, new Epoch(Integer.MAX_VALUE), "", entry.at(), entry.at()))));
    }

    /** A later run takes the note of a mastership that ended without a word for nothing. */
    static Mutation forgetsProbation() {
        return telling(event -> event instanceof Event.Observed observed
                ? new Event.Observed(unserving(observed.observation())) : event);
    }

    private static Observation unserving(Observation seen) {
        return new Observation(seen.connected(), seen.sessionId(), seen.sessionTimeout(),
                seen.roster().map(entry -> seen.latch().isPresent() ? entry
                        : entry.noted(entry.notes().withServing(Optional.empty()))), seen.live(),
                seen.latch(), seen.master(), seen.holderLive(), seen.intents());
    }
}
