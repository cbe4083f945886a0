package io.curia.runtime;

import io.curia.core.Action;
import io.curia.core.Action.EndedTenure;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Event.Result;
import io.curia.core.Farewell;
import io.curia.model.Cause;
import io.curia.model.ClusterIdentity;
import io.curia.model.Epoch;
import io.curia.model.EventType;
import io.curia.model.Happening;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.YieldedTenure;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Performs what the core decided: starts it and returns. Every outcome comes back as an event; one that was not
 * hoped for asks the session to look again, because something else stands there than was observed.
 */
final class ActionRunner implements Action.Performer {

    private static final Logger log = LoggerFactory.getLogger(ActionRunner.class);

    /** The parts of a node that actions reach besides its session. */
    interface Surroundings {
        Member memberAs(Incarnation incarnation);

        void askToJoin(Incarnation incarnation);

        /** Returns what concerns this node as a candidate; empty if it is none. */
        Optional<Candidature> candidature();

        void finish(Farewell farewell);
    }

    private final String node;
    private final NodeSession session;
    private final ListenerThread listeners;
    private final Surroundings surroundings;
    private final Accusations accusations;
    private final Supplier<Optional<ClusterIdentity>> cluster;
    private final Supplier<Optional<DeathWatch>> watch;
    private final Consumer<Event> post;
    /** Written by the loop, read by anybody who asks for the mastership. */
    private volatile Optional<Mastership> mastership = Optional.empty();
    /** The last place in the latch that is known to be gone; empty before the first. */
    private volatile String gonePlace = "";
    /** The loop's. */
    private final Registrations registrations;

    ActionRunner(NodeId node, NodeSession session, ListenerThread listeners, Surroundings surroundings,
            Accusations accusations, Supplier<Optional<ClusterIdentity>> cluster, Supplier<Optional<DeathWatch>> watch,
            Consumer<Event> post) {
        this.node = node.value();
        this.session = session;
        this.listeners = listeners;
        this.surroundings = surroundings;
        this.accusations = accusations;
        this.cluster = cluster;
        this.watch = watch;
        this.post = post;
        this.registrations = new Registrations(this.node);
    }

    /** Returns the mastership that began last, unless it was revoked. */
    Optional<Mastership> mastership() {
        return mastership;
    }

    /**
     * Whoever claimed from this place is master no more, and that holds from this very moment: its successor sees the
     * same deletion, and must not be quicker than the next decision of the loop. From any thread.
     */
    void placeGone(String latchPath) {
        // Noted first, looked for second, and the other way round where a mastership begins: one of them sees it.
        gonePlace = latchPath;
        mastership.filter(held -> held.tenure().latchPath().equals(latchPath)).ifPresent(Mastership::revoke);
    }

    @Override
    public void changeRole(Action.RoleChanged change) {
        log.info("{}: role {} -> {} epoch={} reason={}", node, change.from(), change.to(), change.epoch(),
                change.reason());
    }

    @Override
    public void askToJoin(Incarnation incarnation) {
        surroundings.askToJoin(incarnation);
    }

    @Override
    public void admitSelf(RosterEntry entry) {
        report(ActionKind.ADMIT_SELF, session.admit(entry));
    }

    @Override
    public void register(Incarnation incarnation, RosterEntry entry) {
        Member member = surroundings.memberAs(incarnation);
        List<Happening> happenings = new ArrayList<>(registrations.endBefore(incarnation, entry));
        happenings.add(Happening.joined(member, entry));
        report(ActionKind.REGISTER, session.register(member, entry.registered(member), happenings));
    }

    @Override
    public void enterLatch() {
        report(ActionKind.ENTER_LATCH, session.enterLatch());
    }

    @Override
    public void withdrawLatch() {
        report(ActionKind.WITHDRAW_LATCH, session.withdrawLatch());
    }

    @Override
    public void askPermission(Action.AskPermission ask) {
        surroundings.candidature().ifPresent(standing -> standing.asked(ask));
    }

    @Override
    public void askHeir(Action.AskHeir ask) {
        surroundings.candidature().ifPresent(standing -> standing.askHeir(ask));
    }

    @Override
    public void claim(Action.Claim claim) {
        session.claim(Claiming.recorded(claim), Claiming.told(claim)).thenAccept(outcome -> {
            if (outcome.isDone()) {
                post.accept(Claiming.committed(claim, outcome));
            } else {
                complete(ActionKind.CLAIM, outcome);
            }
        });
    }

    @Override
    public void renew(Action.Renew renew) {
        session.renew(renew.tenure(), renew.masterVersion()).thenAccept(outcome -> {
            switch (outcome.kind()) {
                case DONE -> post.accept(new Event.Renewed(renew.tenure().claimId(), renew.issuedNanos()));
                case CONFLICT, FENCED -> {
                    revokeMastership(renew.tenure().epoch());
                    post.accept(new Event.RenewalRefused(renew.tenure().claimId(), outcome.detail()));
                    session.observe();
                }
                case DENIED, UNKNOWN -> complete(ActionKind.RENEW, outcome);
            }
        });
    }

    @Override
    public void beginMastership(Action.BeginMastership begin) {
        Mastership begun = new Mastership(begin.tenure(), cluster.get().orElseThrow().uuid(), begin.masterVersion(),
                begin.validUntilNanos(), session::fenced, System::nanoTime);
        mastership = Optional.of(begun);
        if (begun.tenure().latchPath().equals(gonePlace)) {
            begun.revoke();
        }
        listeners.master(begun, () -> post.accept(new Event.StepDownRequested(
                Cause.STEP_DOWN, "a listener could not begin its duties")));
    }

    @Override
    public void extendMastership(Epoch epoch, long validUntilNanos) {
        mastership.filter(held -> held.epoch().equals(epoch)).ifPresent(held -> held.extend(validUntilNanos));
    }

    @Override
    public void revokeMastership(Epoch epoch) {
        mastership.filter(held -> held.epoch().equals(epoch)).ifPresent(Mastership::revoke);
    }

    @Override
    public void stopDuties(Action.StopDuties stop) {
        Mastership ending = mastership.filter(held -> held.epoch().equals(stop.epoch())).orElseThrow();
        listeners.mastershipEnding(ending, stop.planned(), stop.reason(),
                () -> post.accept(new Event.DutiesStopped(stop.epoch())));
    }

    @Override
    public void endTenure(EndedTenure ended) {
        report(ActionKind.END_TENURE, session.end(ended.tenure(), ended.masterVersion(),
                Happening.ending(ended.tenure(), ended.isNews())));
    }

    @Override
    public void yieldTenure(YieldedTenure word) {
        boolean heard = watch.get().map(DeathWatch::callers).map(callers -> callers.tellHeirs(word)).orElse(false);
        if (heard) {
            session.rest(Claiming.TAKES);
        } else {
            post.accept(new Event.NobodyHeard(word.epoch()));
        }
    }

    @Override
    public void stepAside(Action.StepAside aside) {
        EndedTenure ended = aside.ended();
        report(ActionKind.STEP_ASIDE, session.stepAside(ended.tenure(), ended.masterVersion(), aside.settled(),
                Happening.ending(ended.tenure(), ended.isNews())));
    }

    @Override
    public void settle(Action.Settle settle) {
        report(ActionKind.SETTLE, session.settle(settle.settled(), settle.masterVersion(),
                settle.settled().what().map(Happening::asked).stream().toList()));
    }

    @Override
    public void note(RosterEntry entry) {
        report(ActionKind.NOTE, session.admit(entry));
    }

    @Override
    public void leave(Action.Leave leave) {
        List<Happening> happenings = new ArrayList<>();
        leave.ended().ifPresent(ended -> happenings.addAll(Happening.ending(ended.tenure(), ended.isNews())));
        happenings.add(Happening.ended(EventType.LEFT, leave.departed(), node, leave.reason()));
        report(ActionKind.LEAVE, session.leave(new NodeSession.Leaving(leave.departed(), leave.latchPath(),
                leave.ended().map(ended -> new NodeSession.EndedTenure(ended.tenure(), ended.masterVersion())),
                happenings)));
    }

    @Override
    public void remove(Action.Remove remove) {
        List<NodeSession.Removal> removals = remove.dead().stream().map(dead -> new NodeSession.Removal(dead.id(),
                dead.incarnation(), dead.proven(), dead.evidence(), dead.at())).toList();
        session.remove(removals, remove.claim().map(Claiming::recorded)).thenAccept(removed -> {
            Outcome outcome = removed.outcome();
            if (outcome.kind() == Outcome.Kind.CONFLICT && !removed.claimed()) {
                // Somebody was quicker. Nothing that this node sees of itself is the reason: no need to look.
                post.accept(new Event.Completed(ActionKind.REMOVE, Result.CONFLICT, outcome.detail()));
                return;
            }
            if (outcome.isDone() && removed.claimed()) {
                post.accept(Claiming.committed(remove.claim().orElseThrow(), outcome));
            }
            complete(ActionKind.REMOVE, outcome);
            if (outcome.isDone()) {
                accusations.accepted(remove.dead());
            }
        });
    }

    @Override
    public void spare(Action.Spare spare) {
        log.warn("{}: {} and whoever else is found dead for now is left to its session: there were too many of late",
                node, spare.found().id());
    }

    @Override
    public void finish(Farewell farewell) {
        surroundings.finish(farewell);
    }

    private void report(ActionKind kind, CompletionStage<Outcome> outcome) {
        outcome.thenAccept(ended -> complete(kind, ended));
    }

    private void complete(ActionKind kind, Outcome outcome) {
        if (!outcome.isDone()) {
            log.debug("{}: {} ended {}: {}", node, kind, outcome.kind(), outcome.detail());
            session.observe();
        }
        post.accept(new Event.Completed(kind, resultOf(outcome), outcome.detail()));
    }

    private static Result resultOf(Outcome outcome) {
        return switch (outcome.kind()) {
            case DONE -> Result.DONE;
            case CONFLICT, FENCED -> Result.CONFLICT;
            case DENIED -> Result.DENIED;
            case UNKNOWN -> Result.UNKNOWN;
        };
    }
}
