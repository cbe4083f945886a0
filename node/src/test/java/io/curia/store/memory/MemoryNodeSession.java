package io.curia.store.memory;

import io.curia.model.Happening;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.RosterEntry;
import io.curia.model.Switchover;
import io.curia.model.Tenure;
import io.curia.model.Versioned;
import io.curia.store.FencedWrite;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A node's session with a {@link MemoryEnsemble}, which can be cut off and can be made to expire. */
public final class MemoryNodeSession implements NodeSession {

    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    private final SharedTree tree;
    private final NodeId self;
    private final Clock clock;
    private final Runnable look = () -> look(false);
    private Observer observer;
    private Observation last = Observation.NOTHING;
    private long session;
    private boolean connected = true;
    private boolean closed;

    MemoryNodeSession(SharedTree tree, NodeId self, Clock clock) {
        this.tree = tree;
        this.self = self;
        this.clock = clock;
    }

    @Override
    public void open(Observer newObserver) {
        tree.change(records -> {
            if (observer != null) {
                throw new IllegalStateException("open: called twice");
            }
            observer = newObserver;
            records.init(tree.name(), UUID.randomUUID().toString(), clock.instant());
            session = records.openSession();
            var cluster = records.cluster().orElseThrow();
            tree.callBack(() -> observer.onCluster(cluster));
            tree.watch(look);
            return session;
        });
    }

    @Override
    public void observe() {
        tree.read(records -> {
            look(true);
            return session;
        });
    }

    /** Hands over what is to be seen, if it is news or {@code asked} for. Runs under the tree's lock. */
    private void look(boolean asked) {
        Observation seen = tree.read(records -> connected && records.hasSession(session)
                ? records.observe(session, TIMEOUT, self,
                        records.latch().placeOf(session).filter(records.latch()::isFirst).isPresent())
                : last.disconnected());
        if (!closed && observer != null && (asked || !seen.equals(last))) {
            last = seen;
            tree.callBack(() -> observer.onObservation(seen));
        }
    }

    /** Cuts this session off: its writes have unknown outcomes and change nothing, until {@link #reconnect}. */
    public void disconnect() {
        tree.change(records -> connected = false);
    }

    /** Ends the cut. If the session expired meanwhile, a new one begins. */
    public void reconnect() {
        tree.change(records -> {
            if (!records.hasSession(session)) {
                session = records.openSession();
            }
            return connected = true;
        });
    }

    /** Ends this session at the service, as after a long silence; a new one begins unless it is cut off. */
    public void expire() {
        tree.change(records -> {
            records.endSession(session);
            if (connected) {
                session = records.openSession();
            }
            return session;
        });
    }

    /** To look costs nothing here. */
    @Override
    public void rest(Duration time) {
    }

    @Override
    public CompletionStage<Outcome> admit(RosterEntry entry) {
        return commit(records -> records.put(entry));
    }

    @Override
    public CompletionStage<Outcome> register(Member member, RosterEntry entry, List<Happening> happenings) {
        return commit(records -> records.register(session, member, entry), happenings);
    }

    @Override
    public CompletionStage<Outcome> enterLatch() {
        return commit(records -> records.enterLatch(session, self));
    }

    @Override
    public CompletionStage<Outcome> withdrawLatch() {
        return commit(records -> records.withdrawLatch(session));
    }

    @Override
    public CompletionStage<Outcome> claim(Claim claim, List<Happening> happenings) {
        return commit(records -> records.claim(claim), happenings);
    }

    @Override
    public CompletionStage<Outcome> renew(Tenure tenure, int masterVersion) {
        return commit(records -> records.renew(tenure, masterVersion));
    }

    @Override
    public CompletionStage<Outcome> end(Tenure ended, int masterVersion, List<Happening> happenings) {
        return commit(records -> records.end(ended, masterVersion), happenings);
    }

    @Override
    public CompletionStage<Outcome> stepAside(Tenure ended, int masterVersion,
            Optional<Versioned<Switchover>> settled, List<Happening> happenings) {
        return commit(records -> records.stepAside(ended, masterVersion, settled), happenings);
    }

    @Override
    public CompletionStage<Outcome> settle(Versioned<Switchover> settled, int masterVersion,
            List<Happening> happenings) {
        return commit(records -> records.put(settled, masterVersion), happenings);
    }

    @Override
    public CompletionStage<Outcome> leave(Leaving leaving) {
        return commit(records -> records.leave(session, leaving), leaving.happenings());
    }

    @Override
    public CompletionStage<Removed> remove(List<Removal> removals, Optional<Claim> claim) {
        Removal.require(self, removals);
        AtomicBoolean claimed = new AtomicBoolean();
        return commit(records -> {
            Removed removed = records.remove(self, removals, claim);
            claimed.set(removed.claimed());
            return removed.outcome();
        }).thenApply(outcome -> new Removed(outcome, claimed.get()));
    }

    @Override
    public CompletionStage<Outcome> fenced(int masterVersion, List<FencedWrite> writes) {
        return commit(records -> records.fenced(masterVersion, writes));
    }

    @Override
    public void close() {
        tree.change(records -> {
            records.endSession(session);
            tree.unwatch(look);
            return closed = true;
        });
    }

    private CompletionStage<Outcome> commit(Function<RecordTree, Outcome> write) {
        return commit(write, List.of());
    }

    private CompletionStage<Outcome> commit(Function<RecordTree, Outcome> write, List<Happening> happenings) {
        CompletableFuture<Outcome> future = new CompletableFuture<>();
        Outcome outcome = tree.change(records -> connected && !closed
                ? records.noting(write.apply(records), happenings, clock.instant())
                : Outcome.of(Outcome.Kind.UNKNOWN, "no connection"));
        tree.callBack(() -> future.complete(outcome));
        return future;
    }
}
