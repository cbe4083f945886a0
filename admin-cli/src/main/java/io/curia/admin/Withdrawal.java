package io.curia.admin;

import io.curia.model.Switchover;
import io.curia.model.Switchover.End;
import io.curia.model.Switchover.Outcome;
import io.curia.model.Versioned;
import io.curia.store.ClusterStore;
import io.curia.store.StoreException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Predicate;

/** The withdrawal of a switchover that is pending. One that has been settled meanwhile is left as it is. */
final class Withdrawal {

    private final ClusterStore store;
    private final Time time;
    private final String actor;

    Withdrawal(ClusterStore store, Time time, String actor) {
        this.store = store;
        this.time = time;
        this.actor = actor;
    }

    /** Withdraws the pending switchover, if it is one of {@code which}; returns it, or nothing if there was none. */
    Optional<Switchover> attempt(Predicate<Switchover> which, String why) {
        for (int conflicts = 0; conflicts < ConditionalWrite.MOST_CONFLICTS; conflicts++) {
            int masterVersion = store.master().version();
            Versioned<Switchover> record = store.intents().switchover();
            Optional<Switchover> pending = record.what().filter(Switchover::pending).filter(which);
            if (pending.isEmpty()) {
                return Optional.empty();
            }
            Outcome outcome = new Outcome(End.CANCELLED, why, actor, time.now().truncatedTo(ChronoUnit.MILLIS));
            try {
                store.putSwitchover(record.changed(wish -> wish.settled(outcome)), masterVersion);
                return pending;
            } catch (StoreException e) {
                // After a lost answer it is looked at again: then it is not pending any more, by whomever.
                if (e.kind() == StoreException.Kind.UNKNOWN_RESULT && isSettledBy(outcome)) {
                    return pending;
                }
                if (e.kind() != StoreException.Kind.CONFLICT && e.kind() != StoreException.Kind.UNKNOWN_RESULT) {
                    throw e;
                }
            }
        }
        throw ConditionalWrite.givenUp();
    }

    private boolean isSettledBy(Outcome outcome) {
        return store.intents().switchover().what().flatMap(Switchover::outcome).equals(Optional.of(outcome));
    }
}
