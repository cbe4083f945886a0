package io.curia.core;

import io.curia.core.Event.Result;
import io.curia.core.Reign.Loss;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Observation;
import io.curia.model.RefusalReason;
import io.curia.model.YieldedTenure;
import java.util.List;
import java.util.Optional;

/** Takes note of what happened, and changes no role: every decision is made afterwards, from the notes. */
final class Notes implements Event.Handler {

    private final Situation situation;
    private final Admission admission;
    private final Claims claims;
    private final Permission permission;
    private final Mastery mastery;
    private final Obituaries obituaries;
    private final Undertaker undertaker;
    private final Conduct conduct;
    private Optional<String> stop = Optional.empty();
    private Optional<Farewell> refusal = Optional.empty();
    private Optional<Farewell> failure = Optional.empty();
    private boolean left;

    Notes(Situation situation, Admission admission, Claims claims, Permission permission, Mastery mastery,
            Obituaries obituaries, Undertaker undertaker, Conduct conduct) {
        this.situation = situation;
        this.admission = admission;
        this.claims = claims;
        this.permission = permission;
        this.mastery = mastery;
        this.obituaries = obituaries;
        this.undertaker = undertaker;
        this.conduct = conduct;
    }

    /** Returns why the node is to stop, if it is. */
    Optional<String> stop() {
        return stop;
    }

    /** Returns how a member refused to let this node in, if one did. */
    Optional<Farewell> refusal() {
        return refusal;
    }

    /** Returns why the node cannot go on, if so. */
    Optional<Farewell> failure() {
        return failure;
    }

    /** Returns whether the leaving transaction was committed. */
    boolean left() {
        return left;
    }

    @Override
    public void onObserved(Observation observation) {
        situation.observe(observation);
        if (observation.latch().isPresent()) {
            situation.attempts.settled(ActionKind.ENTER_LATCH);
        }
        if (situation.registered()) {
            situation.attempts.settled(ActionKind.REGISTER);
        }
    }

    @Override
    public void onEpochSeen(Epoch epoch) {
        situation.raiseEpochFloor(epoch);
    }

    @Override
    public void onJoinAccepted() {
        admission.onAccepted();
    }

    @Override
    public void onJoinRefused(RefusalReason reason, String detail) {
        refusal = Optional.of(reason == RefusalReason.EVICTED
                ? Farewell.of(Farewell.Kind.EVICTED, detail)
                : Farewell.refused(reason, detail));
    }

    @Override
    public void onNobodyAnswered(String detail) {
        situation.attempts.completed(ActionKind.ASK_TO_JOIN, Result.DONE);
        admission.onNobodyAnswered(detail);
    }

    @Override
    public void onCompleted(ActionKind kind, Result result, String detail) {
        situation.attempts.completed(kind, result);
        if (result == Result.DENIED) {
            onFailed(Farewell.Kind.DENIED, kind + " is not permitted: " + detail);
        } else if (kind == ActionKind.LEAVE && result == Result.DONE) {
            left = true;
        } else if (kind == ActionKind.REMOVE) {
            obituaries.onRemoval(result, situation);
            claims.onRemoval(result);
        } else if (kind == ActionKind.CLAIM) {
            claims.onRefused(result);
        }
    }

    @Override
    public void onClaimed(String claimId, int masterVersion, long issuedNanos) {
        mastery.onClaimed(claimId, masterVersion, issuedNanos);
    }

    @Override
    public void onRenewed(String claimId, long issuedNanos) {
        mastery.onRenewed(claimId, issuedNanos);
    }

    @Override
    public void onRenewalRefused(String claimId, String detail) {
        mastery.onRenewalRefused(claimId, detail);
    }

    @Override
    public void onDutiesStopped(Epoch epoch) {
        mastery.onDutiesStopped(epoch);
    }

    @Override
    public void onDeathVerified(Obituary obituary) {
        obituaries.add(obituary, situation);
    }

    @Override
    public void onTenureYielded(Incarnation holder, YieldedTenure word) {
        undertaker.onYielded(holder, word);
    }

    @Override
    public void onNobodyHeard(Epoch epoch) {
        mastery.onNobodyHeard(epoch);
    }

    @Override
    public void onHungUp(NodeId id) {
        situation.doubts.onHungUp(id, situation.nanos());
        mastery.onHungUp();
    }

    @Override
    public void onHealthReported(Optional<String> problem) {
        conduct.onHealth(problem);
    }

    @Override
    public void onOrderSeen(List<Contender> order) {
        situation.order(order);
    }

    @Override
    public void onPermissionAnswered(String askId, Optional<String> objection) {
        permission.onAnswer(askId, objection);
    }

    @Override
    public void onHeirAnswered(Event.HeirAnswered answer) {
        situation.presence.onAnswer(answer);
    }

    @Override
    public void onStepDownRequested(Cause cause, String reason) {
        if (mastery.reign().isPresent()) {
            mastery.lose(new Loss(cause, reason, true));
        }
    }

    @Override
    public void onStopRequested(String reason) {
        stop = stop.or(() -> Optional.of(reason));
    }

    @Override
    public void onFailed(Farewell.Kind kind, String detail) {
        if (kind == Farewell.Kind.UNREACHABLE && situation.seen().connected()) {
            // It was reached while this was on its way, and busy nodes take a while to hear of either.
            return;
        }
        failure = failure.or(() -> Optional.of(Farewell.of(kind, detail)));
    }
}
