package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.model.Epoch;
import io.curia.model.Intents;
import io.curia.model.Observation;
import io.curia.model.Pause;
import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Versioned;
import io.curia.store.memory.RecordTree;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Nodes and records that do not do what operators want, or do more. */
final class IntentBugs {

    private IntentBugs() {
    }

    private static Mutation seeing(BiFunction<NodeProcess, Observation, Intents> sight) {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(event instanceof Event.Observed observed
                        ? new Event.Observed(with(observed.observation(),
                                sight.apply(process, observed.observation()))) : event);
            }
        };
    }

    static Observation with(Observation seen, Intents intents) {
        return new Observation(seen.connected(), seen.sessionId(), seen.sessionTimeout(), seen.roster(), seen.live(),
                seen.latch(), seen.master(), seen.holderLive(), intents);
    }

    private static Mutation seeingSwitchover(BiFunction<Observation, Switchover, Switchover> sight) {
        return seeing((process, seen) -> new Intents(
                seen.intents().switchover().changed(wish -> sight.apply(seen, wish)), seen.intents().pause(),
                seen.intents().queue()));
    }

    private static Mutation withoutQueueFor(BiPredicate<NodeProcess, Observation> whom) {
        return seeing((process, seen) -> whom.test(process, seen)
                ? new Intents(seen.intents().switchover(), seen.intents().pause(), Optional.empty())
                : seen.intents());
    }

    static Mutation claimWithoutPauseVersion() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            protected boolean hasPause(int pauseVersion) {
                return true;
            }
        });
    }

    static Mutation claimWithoutSwitchoverVersion() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            protected boolean hasSwitchover(int switchoverVersion) {
                return true;
            }
        });
    }

    static Mutation withoutSwitchoverVersion() {
        return Mutation.onTree(new RecordTree("sim") {
            @Override
            protected boolean isAsRead(Versioned<Switchover> switchover) {
                return true;
            }
        });
    }

    static Mutation blindToPause() {
        return seeing((process, seen) -> new Intents(seen.intents().switchover(), seen.intents().pause().cleared(),
                seen.intents().queue()));
    }

    /** Remembers a pause and never hears that it was lifted. */
    static Mutation pauseNeverLifted() {
        Map<NodeProcess, Pause> first = new HashMap<>();
        return seeing((process, seen) -> {
            Versioned<Pause> pause = seen.intents().pause();
            pause.what().ifPresent(found -> first.putIfAbsent(process,
                    new Pause(Instant.MAX, found.actor(), found.reason(), found.at())));
            return new Intents(seen.intents().switchover(),
                    new Versioned<>(Optional.ofNullable(first.get(process)), pause.version()),
                    seen.intents().queue());
        });
    }

    static Mutation switchoverOfAnyEpoch() {
        return seeingSwitchover((seen, wish) -> changed(wish, seen.master().tenure()
                .map(tenure -> tenure.epoch()).orElse(wish.fromEpoch()), wish.cooldown(), wish.outcome()));
    }

    static Mutation withoutCooldown() {
        // Pending ones are left as they are: the node writes them back, settled, and the truth would be lost.
        return seeingSwitchover((seen, wish) -> wish.pending() ? wish
                : changed(wish, wish.fromEpoch(), Duration.ZERO, wish.outcome()));
    }

    private static Switchover changed(Switchover wish, Epoch epoch, Duration cooldown,
            Optional<Outcome> outcome) {
        return new Switchover(wish.id(), wish.from(), epoch, wish.target(), wish.cause(), wish.forced(),
                wish.notBefore(), wish.deadline(), cooldown, wish.actor(), wish.reason(), wish.at(), outcome);
    }

    static Mutation nobodyGivesWay() {
        return withoutQueueFor((process, seen) -> process.mandate.isEmpty());
    }

    static Mutation masterNeverHandsOver() {
        return withoutQueueFor((process, seen) -> process.mandate.isPresent());
    }

    /** Waits for a target that is gone. */
    static Mutation targetNeverMissed() {
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                return actions.stream().filter(action -> !(action instanceof Action.Settle settle
                        && settle.settled().what().flatMap(Switchover::outcome)
                                .filter(outcome -> outcome.end() == End.TARGET_GONE).isPresent())).toList();
            }
        };
    }

    /** Takes silence for consent. */
    static Mutation heirBelieved() {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(event instanceof Event.HeirAnswered answered
                        ? new Event.HeirAnswered(answered.heir(), answered.issuedNanos(), Optional.empty()) : event);
            }
        };
    }

    /** Never hears that somebody's lifeline was cut. */
    static Mutation deafToHangingUp() {
        return new Mutation() {
            @Override
            public List<Event> told(NodeProcess process, Event event) {
                return List.of(event instanceof Event.HungUp ? new Event.Ticked() : event);
            }
        };
    }

    static Mutation switchoverNotSettled() {
        UnaryOperator<Action> unsettled = action -> action instanceof Action.StepAside aside
                ? new Action.StepAside(aside.ended(), Optional.empty()) : action;
        return new Mutation() {
            @Override
            public List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
                return actions.stream().map(unsettled).toList();
            }
        };
    }
}
