package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.core.Fitness;
import io.curia.core.Verification;
import io.curia.model.Incarnation;
import io.curia.store.memory.RecordTree;
import java.util.List;
import java.util.Optional;

/**
 * A deliberate bug: something that stands between a core and its world and misreports, alters or forgets.
 * Everything that is not overridden is as it should be.
 */
interface Mutation {

    /** No bug. */
    Mutation NONE = new Mutation() {
    };

    /** Returns a bug of the records: they are kept by {@code tree}. */
    static Mutation onTree(RecordTree tree) {
        return new Mutation() {
            @Override
            public RecordTree tree(String name) {
                return tree;
            }
        };
    }

    default RecordTree tree(String name) {
        return new RecordTree(name);
    }

    /** Returns what the core is told instead of {@code event}. */
    default List<Event> told(NodeProcess process, Event event) {
        return List.of(event);
    }

    /** Returns what is done instead of {@code actions}. */
    default List<Action> done(NodeProcess process, Event cause, List<Action> actions) {
        return actions;
    }

    /** Returns the next random incarnation or claim id. */
    default Incarnation random(NodeProcess process, Dice dice) {
        return dice.incarnation();
    }

    /** Returns whether observations of one session may overtake each other. */
    default boolean observationsOvertake() {
        return false;
    }

    /** Returns whether the holder's registration is read before the record that names the holder. */
    default boolean readsHolderBeforeMaster() {
        return false;
    }

    /** Returns whether an application says that its duties stopped, and goes on. */
    default boolean saysStoppedTooEarly() {
        return false;
    }

    /** Returns whether an eviction leaves the tenure of its victim as it was. */
    default boolean evictionLeavesTenure() {
        return false;
    }

    /** Returns whether a node that is done ends its session. */
    default boolean closesSession() {
        return true;
    }

    /** Returns what an inquest takes to be known. */
    default Optional<Verification.Verdict> verdict(Verification known) {
        return known.verdict();
    }

    /** Returns what an inquest knows just before it learns more at this moment. */
    default Verification awake(Verification known, long nowNanos) {
        return known;
    }

    /** Returns why a node does not accuse. */
    default Optional<String> objection(Fitness fitness, Verification known, long nowNanos) {
        return fitness.objection(known, nowNanos);
    }

    /** Returns whether nodes never learn who else queues. */
    default boolean hearsNothingOfTheQueue() {
        return false;
    }

    /** Returns whether a removal overlooks what was claimed after it had read the master record. */
    default boolean removalOverlooksClaims() {
        return false;
    }
}
