package io.curia.core;

import io.curia.core.Event.Result;
import io.curia.model.Cause;
import io.curia.model.Epoch;
import io.curia.model.Grounds;
import io.curia.model.MasterRecord;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Takeover;
import io.curia.model.Tenure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Claiming an epoch: when, and what became of it. There is one claim at a time, which is issued again for as long as
 * the records stay as they were.
 *
 * <p>A claim is made by whoever leads; or, early, by whoever takes over from the only one ahead of it
 * ({@link Undertaker}) or removes the dead that are all there is ahead of it, in the same transaction, which spares a
 * write through the quorum. Nobody is master by it before its latch says that it leads: until then it is kept here, for
 * as long as it is young.
 */
final class Claims {

    /** For how long the application that learns of its mastership has the processor before anything that can wait. */
    static final long FIRST_NANOS = Duration.ofMillis(10).toNanos();

    private final Situation situation;
    private final Permission permission;
    private Optional<Pending> pending = Optional.empty();
    /** The last claim that was given up without knowing whether it was committed. */
    private Optional<Pending> forsaken = Optional.empty();
    private Since<Integer> blocked = Since.never();
    /** Whether a removal is under way with which something was to be claimed. */
    private boolean withRemoval;
    /** Whether the pending claim takes over. */
    private boolean takingOver;
    /** The version of the master record on which taking over failed: what is left is the usual way. */
    private OptionalInt failedOn = OptionalInt.empty();
    /** When mastership was last taken. */
    private OptionalLong takenNanos = OptionalLong.empty();

    /** A claim issued and not refused; {@code doubtful}: an answer to it was lost, so it may be committed. */
    private record Pending(Tenure tenure, int masterVersion, long issuedNanos, boolean early, boolean doubtful,
            OptionalInt committed) {

        Pending committed(int version) {
            return new Pending(tenure, masterVersion, issuedNanos, early, doubtful, OptionalInt.of(version));
        }

        Pending doubted() {
            return new Pending(tenure, masterVersion, issuedNanos, early, true, committed);
        }

        /** Returns whether it is known not to be in the record, once what it was to be made with has failed. */
        boolean isVoid() {
            return early && !doubtful && committed.isEmpty();
        }

        Committed at(int version, long sentNanos) {
            return new Committed(tenure, version, sentNanos);
        }
    }

    /** A claim that is in the master record, at this version, and when it was sent. */
    record Committed(Tenure tenure, int masterVersion, long issuedNanos) {
    }

    Claims(Situation situation, Permission permission) {
        this.situation = situation;
        this.permission = permission;
    }

    /** A claim was committed; returns it if that makes a master. */
    Optional<Committed> onClaimed(String claimId, int masterVersion, long issuedNanos) {
        situation.attempts.settled(ActionKind.CLAIM);
        Optional<Pending> answered = pending.filter(claim -> claim.tenure().claimId().equals(claimId));
        if (answered.isEmpty()) {
            return Optional.empty();
        }
        if (answered.get().early()) {
            pending = answered.map(claim -> claim.committed(masterVersion));
        } else if (isYoung(answered.get(), issuedNanos)) {
            return taken(answered.get().at(masterVersion, issuedNanos));
        } else {
            // The process was frozen meanwhile, and somebody else may be master: there is nothing to hand out.
            forsake();
        }
        return Optional.empty();
    }

    /** Returns whether a claim sent at this moment would make a valid master now. */
    private boolean isYoung(Pending claim, long issuedNanos) {
        return issuedNanos + claim.tenure().guard().toNanos() - situation.nanos() > 0;
    }

    private Optional<Committed> taken(Committed claim) {
        permission.forget();
        takingOver = false;
        takenNanos = OptionalLong.of(situation.nanos());
        pending = Optional.empty();
        blocked = Since.never();
        forsaken = Optional.empty();
        situation.attempts.settled(ActionKind.CLAIM);
        return Optional.of(claim);
    }

    /**
     * This node leads: it claims, as soon as the tenure before allows it. Returns a claim that is found to have been
     * committed: its answer was lost, or it was made early.
     */
    Optional<Committed> seek() {
        MasterRecord master = situation.seen().master();
        Optional<Pending> recognised = pending.filter(claim -> isYoung(claim, claim.issuedNanos())
                && (claim.committed().isPresent() || isRecorded(claim.tenure(), master)));
        if (recognised.isPresent()) {
            Pending claim = recognised.get();
            return taken(claim.at(claim.committed().orElse(master.version()), claim.issuedNanos()));
        }
        Succession succession = Succession.after(situation.seen(), situation.incarnation());
        blocked = blocked.seeing(Optional.of(master.version()), situation.nanos());
        boolean free = succession.patience().isZero()
                || situation.attempts.reached(blocked.nanos() + succession.patience().toNanos());
        if (free && permission.isGranted(succession.cause()) && situation.attempts.tryNow(ActionKind.CLAIM)) {
            situation.perform(drafted(succession.cause(), false, Optional.empty()));
        }
        return Optional.empty();
    }

    /**
     * Returns what is to be claimed with the removal of these, in one transaction: where the removal is what allows the
     * claim, or does not stand against it. Whose application is to be asked first claims when it leads; who has claimed
     * already has nothing more to claim.
     */
    Optional<Action.Claim> withRemovalOf(List<Obituary> dead) {
        if (isMade()) {
            return Optional.empty();
        }
        return Succession.afterRemoval(dead, situation.seen(), situation.incarnation())
                .filter(succession -> succession.patience().isZero() && !situation.settings.asksFirst())
                .filter(succession -> situation.attempts.tryNow(ActionKind.CLAIM))
                .map(succession -> {
                    withRemoval = true;
                    return drafted(succession.cause(), true, Optional.empty());
                });
    }

    /** Returns whether a claim is committed and waits for the lead, be it seen in the record yet or not. */
    private boolean isMade() {
        return pending.filter(claim -> claim.committed().isPresent()
                || isRecorded(claim.tenure(), situation.seen().master())).isPresent();
    }

    /** Returns whether a claim that takes over is under way, or committed and waits for the lead. */
    boolean isTakingOver() {
        return takingOver;
    }

    /** Returns whether mastership was taken just now; if so, the decision is to be made again when that is over. */
    boolean isFresh() {
        return takenNanos.isPresent() && !situation.attempts.reached(takenNanos.getAsLong() + FIRST_NANOS);
    }

    /** Claims and takes over, unless that was tried before, or a claim is made already; returns whether it does. */
    boolean takeOver(Takeover over) {
        int masterVersion = situation.seen().master().version();
        if (isMade() || failedOn.equals(OptionalInt.of(masterVersion))
                || !situation.attempts.tryNow(ActionKind.CLAIM)) {
            return false;
        }
        takingOver = true;
        situation.perform(drafted(over.ended().ending().orElseThrow().cause(), true, Optional.of(over)));
        return true;
    }

    /** A claim was not committed, or its answer was lost. One that was to take over is not made again as it was. */
    void onRefused(Result result) {
        if (!takingOver || pending.isEmpty()) {
            return;
        }
        takingOver = false;
        failedOn = OptionalInt.of(pending.get().masterVersion());
        if (result == Result.UNKNOWN) {
            pending = pending.map(Pending::doubted);
        } else {
            situation.attempts.settled(ActionKind.CLAIM);
            pending = pending.filter(claim -> !claim.isVoid());
        }
    }

    private Action.Claim drafted(Cause cause, boolean early, Optional<Takeover> takeover) {
        MasterRecord before = situation.seen().master();
        int masterVersion = before.version();
        String latchPath = situation.seen().latch().map(LatchPlace::path).orElseThrow();
        Optional<Pending> again = pending.filter(claim -> claim.masterVersion() == masterVersion
                && claim.tenure().latchPath().equals(latchPath));
        Tenure tenure = again.map(Pending::tenure).orElseGet(() -> newTenure(latchPath, cause));
        pending = Optional.of(new Pending(tenure, masterVersion,
                again.map(Pending::issuedNanos).orElse(situation.nanos()), early,
                again.filter(Pending::doubtful).isPresent(), OptionalInt.empty()));
        return new Action.Claim(tenure, before, situation.seen().roster().orElseThrow().version(),
                Grounds.of(situation.seen().intents()), situation.nanos(), takeover);
    }

    private Tenure newTenure(String latchPath, Cause cause) {
        Settings settings = situation.settings;
        Epoch epoch = situation.highestEpoch().next();
        return new Tenure(epoch, settings.self(), situation.incarnation(), settings.address(), settings.pid(),
                latchPath, situation.now().wall(), cause, situation.random.get().value(),
                Guard.lengthFor(situation.seen().sessionTimeout()), Optional.empty(), settings.keeperPort());
    }

    /**
     * A removal ended: a claim that was to be made with it and has not been committed by now was not made; unless it
     * was sent before, and that answer was lost: then the removal may have failed on its own effects.
     */
    void onRemoval(Result result) {
        if (!withRemoval) {
            return;
        }
        withRemoval = false;
        if (result == Result.UNKNOWN) {
            situation.attempts.completed(ActionKind.CLAIM, result);
            pending = pending.map(Pending::doubted);
        } else {
            situation.attempts.settled(ActionKind.CLAIM);
            pending = pending.filter(claim -> !claim.isVoid());
        }
    }

    /** This node does not lead: an early claim stands for as long as the place is good that it was made for. */
    void awaitLead(boolean placed) {
        boolean over = pending.filter(claim -> !placed || !stands(claim) || situation.attempts.reached(
                claim.issuedNanos() + claim.tenure().guard().toNanos())).isPresent();
        if (over) {
            forsake();
        }
    }

    /** This node leads no longer: a claim that was made early waits for the lead again. */
    void loseLead() {
        if (pending.filter(Pending::early).isEmpty()) {
            forsake();
        }
    }

    private boolean stands(Pending claim) {
        return situation.seen().latch().map(LatchPlace::path)
                .equals(Optional.of(claim.tenure().latchPath()));
    }

    /**
     * Leading was lost before the claim was answered, or the answer came too late. Should it have been committed, the
     * record names a holder that never began; it will be ended as soon as it is seen, or the next in the queue would
     * wait out its guard.
     */
    void forsake() {
        permission.forget();
        takingOver = false;
        pending.ifPresent(claim -> forsaken = Optional.of(claim));
        pending = Optional.empty();
        blocked = Since.never();
    }

    /** Returns the claim that was forsaken, once, if the record shows it: somebody has to end it. */
    Optional<Committed> adoptForsaken() {
        MasterRecord master = situation.seen().master();
        Optional<Committed> shown = forsaken.filter(claim -> isRecorded(claim.tenure(), master))
                .map(claim -> claim.at(master.version(), claim.issuedNanos()));
        if (shown.isPresent()) {
            forsaken = Optional.empty();
        }
        return shown;
    }

    private static boolean isRecorded(Tenure tenure, MasterRecord master) {
        return master.tenure()
                .filter(found -> found.claimId().equals(tenure.claimId()) && found.ending().isEmpty())
                .isPresent();
    }
}
