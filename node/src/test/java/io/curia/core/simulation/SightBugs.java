package io.curia.core.simulation;

import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Event.Result;
import io.curia.model.Ending;
import io.curia.model.MasterRecord;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Observation.Registration;
import io.curia.model.RosterEntry;
import io.curia.model.Tenure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Cores that misread what they are told, made by telling them otherwise. */
final class SightBugs {

    private SightBugs() {
    }

    private static Mutation telling(BiFunction<NodeProcess, Event, Event> told) {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(told.apply(process, event));
            }
        };
    }

    private static Mutation seeing(BiFunction<NodeProcess, Observation, Observation> sight) {
        return telling((process, event) -> event instanceof Event.Observed observed
                ? new Event.Observed(sight.apply(process, observed.observation())) : event);
    }

    /** Like {@link #seeing}, and deaf to refused renewals: the other way to learn the same. */
    private static Mutation seeingOnly(BiFunction<NodeProcess, Observation, Observation> sight) {
        return telling((process, event) -> event instanceof Event.Observed observed
                ? new Event.Observed(sight.apply(process, observed.observation()))
                : event instanceof Event.RenewalRefused ? new Event.Ticked() : event);
    }

    static Mutation validFromReply() {
        return telling((process, event) -> event instanceof Event.Renewed renewed
                ? new Event.Renewed(renewed.claimId(), process.moment().nanos())
                : event instanceof Event.Claimed claimed
                ? new Event.Claimed(claimed.claimId(), claimed.masterVersion(), process.moment().nanos()) : event);
    }

    static Mutation guardTooLong() {
        return seeing((process, seen) -> new Observation(seen.connected(), seen.sessionId(),
                seen.sessionTimeout().multipliedBy(2), seen.roster(), seen.live(), seen.latch(), seen.master(),
                seen.holderLive(), seen.intents()));
    }

    static Mutation noWait() {
        return seeing((process, seen) -> {
            Optional<Tenure> tenure = seen.master().tenure().filter(last -> !last.id().equals(process.host.id));
            Optional<Tenure> confirmed = tenure.flatMap(Tenure::ending).map(ending -> tenure.get().ended(
                    new Ending(ending.cause(), true, ending.actor(), ending.reason(), ending.at())));
            return with(seen, seen.roster(), seen.live(), seen.latch(),
                    confirmed.isPresent() ? new MasterRecord(confirmed, seen.master().version()) : seen.master(),
                    seen.holderLive() && tenure.isEmpty());
        });
    }

    static Mutation refusedRenewalCounts() {
        return telling((process, event) -> event instanceof Event.RenewalRefused refused
                ? new Event.Renewed(refused.claimId(), process.moment().nanos()) : event);
    }

    static Mutation lostRenewalCounts() {
        return telling((process, event) -> process.mandate.isPresent() && event instanceof Event.Completed completed
                && completed.kind() == ActionKind.RENEW && completed.result() == Result.UNKNOWN
                ? new Event.Renewed(process.mandate.get().claimId, process.moment().nanos()) : event);
    }

    static Mutation blindToOwnRegistration() {
        return seeing((process, seen) -> with(seen, seen.roster(),
                process.mandate.isPresent() && seen.live().isEmpty()
                        ? Optional.of(new Registration(process.core.incarnation(), true)) : seen.live(),
                seen.latch(), seen.master(), seen.holderLive()));
    }

    static Mutation blindToOwnPlace() {
        Map<NodeProcess, LatchPlace> last = new HashMap<>();
        return seeingOnly((process, seen) -> {
            seen.latch().ifPresent(place -> last.put(process, place));
            return with(seen, seen.roster(), seen.live(), Optional.ofNullable(last.get(process)), seen.master(),
                    seen.holderLive());
        });
    }

    static Mutation blindToRecord() {
        Map<NodeProcess, MasterRecord> own = new HashMap<>();
        return seeingOnly((process, seen) -> {
            MasterRecord shown = process.mandate.isPresent() && own.containsKey(process)
                    ? own.get(process) : seen.master();
            seen.master().tenure().filter(tenure -> tenure.isOf(process.core.incarnation())
                    && tenure.ending().isEmpty()).ifPresent(tenure -> own.put(process, seen.master()));
            return with(seen, seen.roster(), seen.live(), seen.latch(), shown, seen.holderLive());
        });
    }

    static Mutation blindToEviction() {
        return seeing((process, seen) -> with(seen, seen.roster().map(entry -> new RosterEntry(entry.id(),
                RosterEntry.Standing.ADMITTED, entry.incarnation(), entry.address(), entry.kind(), entry.actor(),
                entry.reason(), entry.at(), entry.until(), entry.departure(), entry.notes(), entry.version())),
                seen.live(), seen.latch(), seen.master(), seen.holderLive()));
    }

    static Mutation blindToOverlookedLead() {
        return seeing((process, seen) -> with(seen, seen.roster(), seen.live(), seen.latch().map(place ->
                new LatchPlace(place.path(), place.leading(), place.leading() ? 0 : 1, place.predecessor())),
                seen.master(),
                seen.holderLive()));
    }

    /** Takes whatever ends the connection for the end of everything. */
    static Mutation blipIsLoss() {
        return seeing((process, seen) -> seen.connected() ? seen : new Observation(true, seen.sessionId(),
                seen.sessionTimeout(), seen.roster(), Optional.empty(), Optional.empty(), seen.master(), false,
                seen.intents()));
    }

    static Mutation deafToStoppedDuties() {
        return telling((process, event) -> event instanceof Event.DutiesStopped ? new Event.Ticked() : event);
    }

    private static Observation with(Observation seen, Optional<RosterEntry> roster, Optional<Registration> live,
            Optional<LatchPlace> latch, MasterRecord master, boolean holderLive) {
        return new Observation(seen.connected(), seen.sessionId(), seen.sessionTimeout(), roster, live, latch, master,
                holderLive, seen.intents());
    }
}
