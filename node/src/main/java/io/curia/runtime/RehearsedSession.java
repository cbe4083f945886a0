package io.curia.runtime;

import io.curia.model.Happening;
import io.curia.model.Member;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.FencedWrite;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A session on which every write is said to have succeeded at once, and nothing is ever seen. */
final class RehearsedSession implements NodeSession {

    private static final CompletableFuture<Outcome> DONE = CompletableFuture.completedFuture(Outcome.done(1));

    @Override
    public void open(Observer observer) {
        throw new IllegalStateException("a rehearsed session: opened (expected: only written to)");
    }

    @Override
    public void observe() {
        // There is nothing to see.
    }

    @Override
    public void rest(Duration time) {
        // It looks at nothing as it is.
    }

    @Override
    public CompletionStage<Outcome> admit(RosterEntry entry) {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> register(Member member, RosterEntry entry, List<Happening> happenings) {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> enterLatch() {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> withdrawLatch() {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> claim(Claim claim, List<Happening> happenings) {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> renew(Tenure tenure, int masterVersion) {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> end(Tenure ended, int masterVersion, List<Happening> happenings) {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> stepAside(Tenure ended, int masterVersion, Optional<Versioned<Switchover>> settled,
            List<Happening> happenings) {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> settle(Versioned<Switchover> settled, int masterVersion,
            List<Happening> happenings) {
        return DONE;
    }

    @Override
    public CompletionStage<Outcome> leave(Leaving leaving) {
        return DONE;
    }

    @Override
    public CompletionStage<Removed> remove(List<Removal> removals, Optional<Claim> claim) {
        return DONE.thenApply(outcome -> new Removed(outcome, claim.isPresent()));
    }

    @Override
    public CompletionStage<Outcome> fenced(int masterVersion, List<FencedWrite> writes) {
        return DONE;
    }

    @Override
    public void close() {
        // It holds nothing.
    }
}
