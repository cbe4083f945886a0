package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.core.Obituary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cores that deal wrongly with those found dead. */
final class DeathBugs {

    private DeathBugs() {
    }

    static Mutation doubtAsProof() {
        return doing((process, cause, actions) -> actions.stream().map(action ->
                action instanceof Action.Remove remove
                        ? new Action.Remove(remove.dead().stream().map(DeathBugs::proven).toList(),
                                remove.claim()) : action)
                .toList());
    }

    private static Obituary proven(Obituary dead) {
        return new Obituary(dead.id(), dead.incarnation(), true, dead.beyondDoubt(), dead.evidence(),
                dead.foundNanos(), dead.at());
    }

    /** What could not be removed is tried again whenever the next is found dead, however much later. */
    static Mutation staleEvidence() {
        Map<NodeProcess, Map<String, Obituary>> remembered = new HashMap<>();
        return doing((process, cause, actions) -> actions.stream().map(action -> {
            if (action instanceof Action.Remove remove) {
                Map<String, Obituary> all = remembered.computeIfAbsent(process, any -> new HashMap<>());
                remove.dead().forEach(dead -> all.put(dead.incarnation().value(), dead));
                return new Action.Remove(all.values().stream().limit(60).toList(), remove.claim());
            }
            return action;
        }).toList());
    }

    static Mutation dropped() {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(event instanceof Event.DeathVerified ? new Event.Ticked() : event);
            }
        };
    }

    static Mutation unrationed() {
        return doing((process, cause, actions) -> {
            List<Action> all = new ArrayList<>(actions);
            boolean rationed = actions.stream().noneMatch(Action.Remove.class::isInstance);
            if (cause instanceof Event.DeathVerified verified && rationed) {
                all.add(new Action.Remove(List.of(verified.obituary()), Optional.empty()));
            }
            return List.copyOf(all);
        });
    }

    static Mutation ageless() {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(event instanceof Event.DeathVerified verified
                        ? new Event.DeathVerified(found(verified.obituary(), process.moment().nanos())) : event);
            }
        };
    }

    private static Obituary found(Obituary dead, long nanos) {
        return new Obituary(dead.id(), dead.incarnation(), dead.proven(), dead.beyondDoubt(), dead.evidence(), nanos,
                dead.at());
    }

    /** Hears that a removal is done, and not that it made the claim that was sent with it. */
    static Mutation claimUnheard() {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(event instanceof Event.Claimed ? new Event.Ticked() : event);
            }
        };
    }

    /** What is done instead. */
    private interface Deeds {
        List<Action> of(NodeProcess process, Event cause, List<Action> actions);
    }

    private static Mutation doing(Deeds deeds) {
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                return deeds.of(process, cause, actions);
            }
        };
    }
}
