package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.Ending;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Role;
import io.curia.model.Tenure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Cores that decide wrongly, made by doing something else than they decided. */
final class DeedBugs {

    private DeedBugs() {
    }

    private static Mutation changing(UnaryOperator<Action> change) {
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                return actions.stream().map(change).toList();
            }
        };
    }

    private static Mutation doing(BiPredicate<NodeProcess, Action> isDone) {
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                return actions.stream().filter(action -> isDone.test(process, action)).toList();
            }
        };
    }

    static Mutation epochReused() {
        return changing(action -> action instanceof Action.Claim claim
                ? new Action.Claim(withEpochOfPredecessor(claim.tenure()), claim.before(),
                        claim.rosterVersion(), claim.grounds(), claim.issuedNanos(), claim.takeover()) : action);
    }

    private static Tenure withEpochOfPredecessor(Tenure tenure) {
        return new Tenure(new Epoch(Math.max(1, tenure.epoch().number() - 1)), tenure.id(), tenure.incarnation(),
                tenure.address(), tenure.pid(), tenure.latchPath(), tenure.since(), tenure.cause(), tenure.claimId(),
                tenure.guard(), tenure.ending());
    }

    static Mutation incarnationReused() {
        return new Mutation() {
            private final Map<NodeProcess, Incarnation> first = new HashMap<>();

            @Override
            public Incarnation random(NodeProcess process, Dice dice) {
                return first.computeIfAbsent(process, any -> dice.incarnation());
            }
        };
    }

    static Mutation stepDownNotConfirmed() {
        return changing(action -> {
            if (action instanceof Action.EndTenure end) {
                return new Action.EndTenure(unconfirmed(end.ended()));
            }
            if (action instanceof Action.StepAside aside) {
                return new Action.StepAside(unconfirmed(aside.ended()), aside.settled());
            }
            return action instanceof Action.Leave leave ? new Action.Leave(leave.departed(), leave.latchPath(),
                    leave.ended().map(DeedBugs::unconfirmed), leave.reason()) : action;
        });
    }

    private static Action.EndedTenure unconfirmed(Action.EndedTenure ended) {
        Ending ending = ended.tenure().ending().orElseThrow();
        return new Action.EndedTenure(ended.tenure().ended(new Ending(ending.cause(), false, ending.actor(),
                ending.reason(), ending.at())), ended.before());
    }

    static Mutation revocationForgotten() {
        return doing((process, action) -> !(action instanceof Action.RevokeMastership));
    }

    static Mutation latchEnteredOnce() {
        return once(Action.EnterLatch.class);
    }

    static Mutation registeredOnce() {
        return once(Action.Register.class);
    }

    private static Mutation once(Class<? extends Action> kind) {
        Set<NodeProcess> did = new HashSet<>();
        return doing((process, action) -> !kind.isInstance(action) || did.add(process));
    }

    static Mutation neverRenewed() {
        return doing((process, action) -> !(action instanceof Action.Renew));
    }

    /** An evicted node that goes quiet and does not go. */
    static Mutation evictedStays() {
        return doing((process, action) -> !(action instanceof Action.Finish finish)
                || finish.farewell().kind() != io.curia.core.Farewell.Kind.EVICTED);
    }

    static Mutation endingNeverRecorded() {
        return doing((process, action) -> !(action instanceof Action.EndTenure));
    }

    /** Whatever is outstanding is asked for again at every step. */
    static Mutation actionStorm() {
        Map<NodeProcess, Action> outstanding = new HashMap<>();
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                actions.stream().filter(DeedBugs::takesTime)
                        .forEach(action -> outstanding.put(process, action));
                List<Action> all = new ArrayList<>(actions);
                Optional.ofNullable(outstanding.get(process)).filter(again -> !actions.contains(again)
                        && process.core.role() != Role.STOPPED).ifPresent(all::add);
                return all;
            }
        };
    }

    private static boolean takesTime(Action action) {
        return action instanceof Action.Register || action instanceof Action.EnterLatch
                || action instanceof Action.Claim || action instanceof Action.Renew;
    }
}
