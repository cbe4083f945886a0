package io.curia.core.simulation;

import io.curia.core.Action;
import io.curia.core.ActionKind;
import io.curia.core.Event;
import io.curia.core.Event.Result;
import io.curia.core.Farewell;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.NodeId;
import io.curia.model.RosterEntry;
import io.curia.model.YieldedTenure;
import io.curia.store.NodeSession;
import io.curia.store.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a process does when its core says so: with its session, with the application that it is part of, and in the end
 * with itself.
 */
final class Deeds implements Action.Performer {

    private static final int MOST_REFUSALS = 2;

    private final World world;
    private final NodeProcess process;
    private final Host host;
    private final SimulatedSession session;

    Deeds(World world, NodeProcess process) {
        this.world = world;
        this.process = process;
        this.host = process.host;
        this.session = process.session;
    }

    @Override
    public void changeRole(Action.RoleChanged change) {
        world.inspector.onRole(process, change);
    }

    @Override
    public void askToJoin(Incarnation incarnation) {
        if (world.dice.chance(world.climate.requestLoss())) {
            later(Climate.SECOND, new Event.NobodyAnswered("time ran out"));
        } else {
            later(world.delay() + world.delay(), Sponsor.answer(world, process));
        }
    }

    private void later(long delay, Event event) {
        world.agenda.after(delay, () -> process.run(() -> process.tell(event)));
    }

    @Override
    public void admitSelf(RosterEntry entry) {
        session.send(() -> world.tree.put(entry), completing(ActionKind.ADMIT_SELF));
    }

    @Override
    public void register(Incarnation incarnation, RosterEntry entry) {
        Member member = new Member(host.id, incarnation, host.address, host.kind, 100 + host.number,
                "host-" + host.number, "sim", host.wall(world.now()), Map.of(), Optional.empty(), host.priority);
        session.send(() -> {
            boolean barred = world.inspector.isBarred(host);
            Outcome outcome = world.tree.register(session.id(), member, entry.registered(member));
            world.inspector.onRegistration(process, incarnation, barred, outcome);
            return outcome;
        }, completing(ActionKind.REGISTER));
    }

    @Override
    public void enterLatch() {
        // Not within this step: an answer is an event of its own.
        session.latch().enter();
        later(0, completed(ActionKind.ENTER_LATCH, Outcome.done(0)));
    }

    @Override
    public void withdrawLatch() {
        session.latch().withdraw(completing(ActionKind.WITHDRAW_LATCH));
    }

    /** Calm worlds say yes, and soon: what has to have happened by some moment has no time for more. */
    @Override
    public void askPermission(Action.AskPermission ask) {
        boolean refused = !world.climate.faults().isEmpty() && host.refusals < MOST_REFUSALS
                && world.permissions.chance(0.2);
        host.refusals += refused ? 1 : 0;
        boolean lost = !world.climate.faults().isEmpty() && world.permissions.chance(0.05);
        long takes = world.permissions.between(0, world.climate.latencyNanos());
        if (!lost) {
            later(takes, new Event.PermissionAnswered(ask.askId(),
                    refused ? Optional.of("says no") : Optional.empty()));
        }
    }

    /** One that stands still, or is not there, or cannot be reached, is heard nothing of. */
    @Override
    public void askHeir(Action.AskHeir ask) {
        boolean lost = world.dice.chance(world.climate.requestLoss());
        world.agenda.after(world.delay(), () -> {
            boolean there = !lost && world.hosts.stream()
                    .anyMatch(other -> other.id.equals(ask.heir()) && other.linkUp && other.running().isPresent());
            later(world.delay(), new Event.HeirAnswered(ask.heir(), ask.issuedNanos(),
                    there ? Optional.empty() : Optional.of("is silent")));
        });
    }

    @Override
    public void claim(Action.Claim claim) {
        long sent = host.localNanos(world.now());
        String claimId = claim.tenure().claimId();
        world.inspector.onClaimSent(process, claimId);
        world.onClaim.accept(host);
        session.send(() -> process.confirming(claimId, sent, made(claim)),
                outcome -> process.tell(outcome.isDone()
                        ? new Event.Claimed(claimId, outcome.version(), claim.issuedNanos())
                        : completed(ActionKind.CLAIM, outcome)));
    }

    private Outcome made(Action.Claim claim) {
        var asked = world.tree.intents().switchover().what();
        Outcome outcome = world.tree.claim(recorded(claim));
        claim.takeover().ifPresent(over -> world.steward.onHandedOver(over.ended(), over.settled(), asked, outcome));
        return outcome;
    }

    private static NodeSession.Claim recorded(Action.Claim claim) {
        return new NodeSession.Claim(claim.tenure(), claim.masterVersion(), claim.rosterVersion(), claim.grounds(),
                claim.takeover());
    }

    @Override
    public void renew(Action.Renew renew) {
        long sent = host.localNanos(world.now());
        String claimId = renew.tenure().claimId();
        session.send(() -> process.confirming(claimId, sent, world.tree.renew(renew.tenure(), renew.masterVersion())),
                outcome -> {
                    switch (outcome.kind()) {
                        case DONE -> process.tell(new Event.Renewed(claimId, renew.issuedNanos()));
                        case CONFLICT, FENCED -> process.tell(new Event.RenewalRefused(claimId, outcome.detail()));
                        case DENIED, UNKNOWN -> process.tell(completed(ActionKind.RENEW, outcome));
                    }
                });
    }

    @Override
    public void beginMastership(Action.BeginMastership begin) {
        process.permitted = false;
        boolean slow = world.dice.chance(world.climate.slowDuties());
        Mandate mandate = new Mandate(begin, slow);
        process.mandate = Optional.of(mandate);
        world.inspector.onMandate(process, mandate);
    }

    @Override
    public void extendMastership(Epoch epoch, long validUntilNanos) {
        process.mandate.filter(held -> held.epoch.equals(epoch)).ifPresent(held -> {
            held.validUntilLocalNanos = validUntilNanos;
            world.inspector.onValidity(process, held);
        });
    }

    @Override
    public void revokeMastership(Epoch epoch) {
        process.mandate.filter(held -> held.epoch.equals(epoch)).ifPresent(held -> held.revoked = true);
    }

    @Override
    public void stopDuties(Action.StopDuties stop) {
        world.steward.onStopDuties(process, stop.reason());
        process.mandate.filter(held -> held.epoch.equals(stop.epoch())).ifPresent(held -> {
            boolean hasty = world.mutation.saysStoppedTooEarly();
            held.dutiesRunning = held.slow || hasty;
            long takes = held.slow ? world.dice.between(0, 3 * world.climate.yieldGraceNanos()) : 0;
            world.agenda.after(takes, () -> process.run(() -> {
                held.dutiesRunning = hasty;
                process.tell(new Event.DutiesStopped(stop.epoch()));
            }));
        });
    }

    @Override
    public void endTenure(Action.EndedTenure ended) {
        session.send(() -> world.tree.end(ended.tenure(), ended.masterVersion()),
                completing(ActionKind.END_TENURE));
    }

    /** Said once to everybody else; each hears it sooner or later, or not at all, or is not there. */
    @Override
    public void yieldTenure(YieldedTenure word) {
        Incarnation holder = process.core.incarnation();
        Event.TenureYielded said = new Event.TenureYielded(holder, word);
        boolean alone = world.dice.chance(0.1);
        for (Host other : world.hosts) {
            boolean heard = !alone && other != host && !world.dice.chance(world.climate.requestLoss());
            long takes = world.delay();
            if (heard) {
                world.agenda.after(takes, () -> other.process.ifPresent(there -> there.run(() -> there.tell(said))));
            }
        }
        if (alone) {
            later(0, new Event.NobodyHeard(word.epoch()));
        }
    }

    @Override
    public void stepAside(Action.StepAside aside) {
        session.send(() -> {
            var before = world.tree.intents().switchover().what();
            Outcome outcome = world.tree.stepAside(aside.ended().tenure(), aside.ended().masterVersion(),
                    aside.settled());
            world.steward.onHandedOver(aside.ended().tenure(), aside.settled(), before, outcome);
            return outcome;
        }, releasing(ActionKind.STEP_ASIDE));
    }

    @Override
    public void settle(Action.Settle settle) {
        session.send(() -> world.tree.put(settle.settled(), settle.masterVersion()),
                completing(ActionKind.SETTLE));
    }

    @Override
    public void note(RosterEntry entry) {
        session.send(() -> world.tree.put(entry), completing(ActionKind.NOTE));
    }

    @Override
    public void leave(Action.Leave leave) {
        NodeSession.Leaving leaving = new NodeSession.Leaving(leave.departed(), leave.latchPath(),
                leave.ended().map(ended -> new NodeSession.EndedTenure(ended.tenure(), ended.masterVersion())));
        session.send(() -> world.tree.leave(session.id(), leaving), releasing(ActionKind.LEAVE));
    }

    @Override
    public void remove(Action.Remove remove) {
        List<NodeSession.Removal> removals = remove.dead().stream().map(dead -> new NodeSession.Removal(dead.id(),
                dead.incarnation(), dead.proven(), dead.evidence(), dead.at())).toList();
        world.coroner.onRemove(process, remove);
        remove.claim().ifPresent(claim -> {
            world.inspector.onClaimSent(process, claim.tenure().claimId());
            world.onClaim.accept(host);
        });
        new SimulatedRemoval(world, process, removals, remove.claim().map(Deeds::recorded)).send(removed -> {
            if (removed.claimed() && removed.outcome().isDone()) {
                Action.Claim claim = remove.claim().orElseThrow();
                process.tell(new Event.Claimed(claim.tenure().claimId(), removed.outcome().version(),
                        claim.issuedNanos()));
            }
            process.tell(completed(ActionKind.REMOVE, removed.outcome()));
        });
    }

    @Override
    public void spare(Action.Spare spare) {
        world.note(host, "spared", 0, () -> spare.found().id());
    }

    @Override
    public void finish(Farewell why) {
        world.note(host, "finished", why.kind().ordinal(), () -> why);
        world.inspector.onFinish(process);
        process.end();
        session.close();
        // Somebody starts it again, whatever it ended for: an evicted one has to find out again.
        world.agenda.after(world.dice.between(50 * Climate.MILLI, Climate.SECOND), () -> world.boot(host));
    }

    private Consumer<Outcome> completing(ActionKind kind) {
        return outcome -> process.tell(completed(kind, outcome));
    }

    /** Like {@link #completing}; what was committed removed the latch place as well. */
    private Consumer<Outcome> releasing(ActionKind kind) {
        return outcome -> {
            if (outcome.isDone()) {
                session.latch().forget();
            }
            process.tell(completed(kind, outcome));
        };
    }

    private static Event completed(ActionKind kind, Outcome outcome) {
        Result result = switch (outcome.kind()) {
            case DONE -> Result.DONE;
            case CONFLICT, FENCED -> Result.CONFLICT;
            case DENIED -> Result.DENIED;
            case UNKNOWN -> Result.UNKNOWN;
        };
        return new Event.Completed(kind, result, outcome.detail());
    }
}
