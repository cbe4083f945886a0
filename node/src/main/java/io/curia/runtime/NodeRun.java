package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Event;
import io.curia.core.Farewell;
import io.curia.core.Moment;
import io.curia.core.NodeCore;
import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.ClusterView;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.Observation;
import io.curia.model.Role;
import io.curia.port.BindFailedException;
import io.curia.store.ClusterStore;
import io.curia.store.NodeSession;
import io.curia.wire.RequestHandler;
import io.curia.wire.message.ErrorCode;
import io.curia.wire.message.ErrorReply;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a node: connects its parts, publishes immutable values for anybody to read, and ends it all once. */
final class NodeRun implements EventLoop.Driven, ActionRunner.Surroundings {

    private static final Logger log = LoggerFactory.getLogger(NodeRun.class);

    /** A master that left clears up after this: a successor on the same host has more urgent need of its processors. */
    private static final long SUCCESSION_MILLIS = 40;

    private final NodeConfig config;
    private final long pid = ProcessHandle.current().pid();
    private final Clock clock = Clock.systemUTC();
    private final Supplier<Incarnation> random = new RandomIncarnations();
    private final ListenerThread listeners;
    private final NodeParts parts;
    private final Accusations accusations;
    private final Metering metering;
    private final CompletableFuture<NodeState> started = new CompletableFuture<>();
    private final CompletableFuture<Farewell> ended = new CompletableFuture<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicReference<String> stopReason = new AtomicReference<>();
    private volatile RequestHandler answers;
    private volatile Optional<ClusterIdentity> cluster = Optional.empty();
    private volatile NodeState state;
    private volatile NodeSession session;
    private volatile EventLoop loop;
    private volatile ActionRunner runner;
    private volatile ViewKeeper views;
    private volatile Joiner joiner;
    private volatile Optional<DeathWatch> watch = Optional.empty();
    private volatile Optional<Candidature> candidature = Optional.empty();
    private volatile Optional<Insides> insides = Optional.empty();
    private NodeCore core;
    private Keepsakes keepsakes;

    NodeRun(NodeConfig config, List<NodeListener> listeners) {
        this.config = config;
        this.listeners = new ListenerThread("curia-" + config.id() + "-listeners", listeners);
        this.parts = new NodeParts(config);
        this.accusations = new Accusations(config.id());
        this.answers = (request, connection) -> CompletableFuture.completedStage(
                new ErrorReply(ErrorCode.UNAVAILABLE, config.id() + " is starting"));
        this.state = NodeState.initial(config, random.get());
        this.metering = new Metering(state);
    }

    CompletableFuture<NodeState> start() {
        if (begun.compareAndSet(false, true)) {
            parts.chores().execute(this::launch); // Which has nothing else to do before.
        }
        return started.copy();
    }

    CompletableFuture<Farewell> stop(String reason) {
        // Noted first, asked for second: a run that is just starting looks for the note once it has its loop.
        stopReason.compareAndSet(null, reason);
        if (begun.compareAndSet(false, true)) {
            end(Farewell.of(Farewell.Kind.LEFT, "never started"), 0);
        } else if (loop != null) {
            loop.post(new Event.StopRequested(reason));
        }
        return ended.copy();
    }

    void stepDown(Cause cause, String reason) {
        Optional.ofNullable(loop).ifPresent(begun -> begun.post(new Event.StepDownRequested(cause, reason)));
    }

    void checkHealth() {
        candidature.ifPresent(Candidature::checkHealth);
    }

    CompletableFuture<Farewell> ended() {
        return ended.copy();
    }

    NodeState state() {
        return state;
    }

    Optional<Mastership> mastership() {
        return runner == null ? Optional.empty() : runner.mastership();
    }

    Optional<ClusterView> view() {
        return views == null ? Optional.empty() : views.view();
    }

    Metering metering() {
        return metering;
    }

    NodeVitals vitals() {
        return new NodeVitals(metering.sessionTimeout(), loop == null ? 0 : loop.waiting(), listeners.oldestCall(),
                watch.map(DeathWatch::standing).map(WatchState::vigil)
                        .orElseGet(() -> accusations.vigil(0, List.of(), 0)));
    }

    /** Returns what can be asked about its parts; empty before they are there. */
    Optional<Insides> insides() {
        return insides;
    }

    private void launch() {
        try {
            parts.open(new LateAnswers(() -> answers));
            assemble();
        } catch (NodeStartException e) {
            end(e.farewell(), 0);
        } catch (BindFailedException | IllegalArgumentException e) {
            end(Farewell.of(Farewell.Kind.FAILED, e.getMessage()), 0);
        } catch (RuntimeException | Error e) {
            fault(e);
        }
    }

    private void assemble() {
        ClusterStore store = parts.zooKeeper().store();
        session = parts.zooKeeper().session(config.id());
        keepsakes = new Keepsakes(parts);
        runner = new ActionRunner(config.id(), session, listeners, this, accusations, () -> cluster, () -> watch,
                this::post);
        Dialler dialBack = Dialler.forDiallingBack();
        joiner = new Joiner(config, store, Dialler.forAsking(), dialBack, this::memberAs);
        HistoryKeeper history = new HistoryKeeper(config.id(), store, this::mastership, parts.chores());
        Journal journal = new Journal(clock.instant());
        answers = new PortAnswers(config, pid, this::state, this::mastership, this::view, () -> watch, accusations,
                new Sponsor(config, store, dialBack, this::state, history, clock),
                new Guests(config, store, this::state, random, parts.joins(), clock), parts.joins(), journal, metering,
                clock);
        views = new ViewKeeper(store, parts.chores(), view -> {
            listeners.view(view);
            watch.ifPresent(DeathWatch::changed);
            history.onView(view);
            candidature.ifPresent(Candidature::viewChanged);
        });
        watch = config.failover() == Failover.SESSION ? Optional.empty()
                : Optional.of(new DeathWatch(config, parts.server(), parts.watch(), this::state, this::view,
                        accusations, session::observe, this::post, clock));
        parts.server().listenerClosed().thenRun(this::noListener);
        core = new NodeCore(config.settings(parts.address(), pid), random,
                new Moment(System.nanoTime(), clock.instant()));
        state = NodeState.of(config, core, parts.address(), cluster);
        loop = new EventLoop("curia-" + config.id() + "-loop", core, this, journal, metering, clock);
        insides = Optional.of(new Insides(loop, store.history(), () -> watch, started));
        loop.start();
        candidature = Candidature.open(config, store, parts, this::view, this::post, clock);
        session.open(new SessionReports(config.id(), this::clusterKnown, runner::placeGone, this::post, metering));
        parts.chores().schedule(this::giveUpIfDetached, config.zooKeeper().connectTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
        Optional.ofNullable(stopReason.get()).ifPresent(reason -> loop.post(new Event.StopRequested(reason)));
    }

    /** Members take a refused connection for death: a node that cannot be reached any more must not be master. */
    private void noListener() {
        if (!hasEnded()) {
            fault(new IllegalStateException("the port at " + parts.address() + " was closed under the node"));
        }
    }

    private void giveUpIfDetached() {
        if (state.role() == Role.DETACHED) {
            post(new Event.Failed(Farewell.Kind.UNREACHABLE, "ZooKeeper at " + config.zooKeeper().connect()
                    + " was not reached within " + config.zooKeeper().connectTimeout().toMillis() + " ms"));
        }
    }

    private void post(Event event) {
        loop.post(event);
    }

    private void clusterKnown(ClusterIdentity identity) {
        cluster = Optional.of(identity);
        post(new Event.EpochSeen(keepsakes.highestEpoch(identity)));
    }

    @Override
    public void perform(Action action) {
        action.performBy(runner);
    }

    @Override
    public void published() {
        NodeState now = NodeState.of(config, core, parts.address(), cluster);
        accusations.observe(core.incarnation(), core.seen().roster());
        if (!now.equals(state)) {
            boolean membershipMoved = now.role() != state.role() || !now.master().equals(state.master());
            state = now;
            listeners.state(now);
            metering.state(now);
            if (membershipMoved && now.isMember()) {
                views.changed();
            }
            if (!hasEnded()) {
                // Who leaves hangs up when all is over: until then goodbyes would only keep a successor busy.
                watch.ifPresent(DeathWatch::changed);
            }
        }
        if (core.seen().connected()) {
            views.wanted(core.seen().intents());
        }
        candidature.ifPresent(standing -> standing.seen(core.seen()));
        keepsakes.keep(core.seen().sessionId(), cluster, core.epoch());
        if (!started.isDone() && now.isSettled(core.seen())) {
            views.start(now.ahead().orElse(0) + 1);
            Rehearsal.soon(parts, config, pid, new Roll(config.id(), this::state, this::view), watch, clock);
            started.complete(now);
        }
    }

    @Override
    public boolean hasEnded() {
        return ending.get();
    }

    @Override
    public void fault(Throwable bug) {
        log.error("{}: a fault; the node ends", config.id(), bug);
        mastership().ifPresent(Mastership::revoke);
        end(Farewell.of(Farewell.Kind.FAILED, bug.toString()), 0);
    }

    @Override
    public Member memberAs(Incarnation incarnation) {
        return config.member(incarnation, parts.address(), pid, clock.instant());
    }

    @Override
    public void askToJoin(Incarnation incarnation) {
        Observation seen = core.seen();
        try {
            // The first time there are no chores yet, and no need of a thread more.
            (started.isDone() ? parts.joins() : parts.chores())
                    .execute(() -> post(joiner.ask(incarnation, cluster.orElseThrow().uuid(), seen)));
        } catch (RejectedExecutionException e) {
            post(new Event.NobodyAnswered("too many joins under way here"));
        }
    }

    @Override
    public Optional<Candidature> candidature() {
        return candidature;
    }

    @Override
    public void finish(Farewell farewell) {
        end(farewell, farewell.kind() == Farewell.Kind.LEFT && mastership().isPresent() ? SUCCESSION_MILLIS : 0);
    }

    /** The one way out: closes everything on a thread of its own, then tells whoever waits. */
    private void end(Farewell farewell, long afterMillis) {
        if (ending.compareAndSet(false, true)) {
            CompletableFuture.delayedExecutor(afterMillis, TimeUnit.MILLISECONDS,
                    task -> new Thread(task, "curia-" + config.id() + "-end").start()).execute(() -> {
                log.info("{}: ended {}: {}", config.id(), farewell.kind(), farewell.detail());
                listeners.cease(farewell.detail(), config.yieldGrace());
                Optional.ofNullable(session).ifPresent(NodeSession::close);
                parts.close();
                candidature.ifPresent(Candidature::close);
                state = state.stopped();
                metering.state(state);
                listeners.ended(farewell);
                started.completeExceptionally(new NodeStartException(farewell));
                ended.complete(farewell);
            });
        }
    }
}
