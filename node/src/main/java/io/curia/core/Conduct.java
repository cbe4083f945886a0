package io.curia.core;

import io.curia.model.CandidacyNotes;
import io.curia.model.Epoch;
import io.curia.model.Illness;
import io.curia.model.Penalty;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import io.curia.model.Veto;
import java.time.Instant;
import java.util.Optional;

/**
 * How fit this node is and how its masterships went, and that its roster entry says so.
 *
 * <p>A mastership is noted when it begins, and the note is taken back when it has lasted for {@link
 * Governor#PROBATION} or ended through no fault of this node. So it outlives a process that dies, and the next run
 * that finds it knows how the last one ended.
 */
final class Conduct {

    private final Situation situation;
    /** What the last check said: why not, or nothing; empty before the first. */
    private Optional<Optional<String>> health = Optional.empty();
    /** The last reign of this run, and how it was lost, if that is to be held against this node. */
    private Optional<Epoch> last = Optional.empty();
    private Optional<String> fault = Optional.empty();
    private boolean judged;
    private Optional<Reign> reign = Optional.empty();
    private boolean handingOver;
    private long begunNanos;
    /** What was decided on, kept until it is seen, so that a decision is not made anew with every step. */
    private Optional<Penalty> due = Optional.empty();
    private Optional<Illness> illness = Optional.empty();
    private Optional<Veto> refusal = Optional.empty();

    Conduct(Situation situation) {
        this.situation = situation;
    }

    /** Takes note of a verdict on this program's health: why it is not fit, or nothing. */
    void onHealth(Optional<String> problem) {
        health = Optional.of(problem);
        illness = problem.map(why -> new Illness(why, situation.now().wall()));
    }

    /** Returns why this program is not fit to be master; empty if it is, or if nobody asks. */
    Optional<String> unfit() {
        return health.orElseGet(() -> situation.settings.gated() ? Optional.of("not checked yet") : Optional.empty());
    }

    /** Returns whether there was a verdict on this program's health, or is to be none. */
    boolean isChecked() {
        return health.isPresent() || !situation.settings.gated();
    }

    /** Takes note of the reign and of the last word on promotion as they stand in this step. */
    void see(Optional<Reign> current, Optional<Veto> said) {
        refusal = said;
        Optional<Epoch> epoch = current.map(held -> held.tenure().epoch());
        if (epoch.isPresent() && !epoch.equals(last)) {
            last = epoch;
            fault = Optional.empty();
            judged = false;
            begunNanos = situation.nanos();
        }
        reign = current.filter(held -> held.loss().isEmpty());
        handingOver = current.flatMap(Reign::loss).flatMap(Reign.Loss::switchover).isPresent();
        current.flatMap(Reign::loss).ifPresent(this::judge);
    }

    /** Whoever was told to go has done nothing wrong; whoever is not fit was told to go by itself. */
    private void judge(Reign.Loss loss) {
        if (judged) {
            return;
        }
        judged = true;
        boolean asked = switch (loss.cause()) {
            case EVICTED, SWITCHOVER, LEFT -> true;
            case FIRST, CRASH, SESSION_EXPIRED, STEP_DOWN -> loss.planned() && unfit().isEmpty();
        };
        if (!asked && situation.nanos() - begunNanos < Governor.PROBATION.toNanos()) {
            fault = Optional.of(loss.reason());
        }
    }

    /** Returns until when this node goes behind everybody else; a moment that has passed if it does not. */
    Instant heldBackUntil() {
        return situation.seen().roster().flatMap(entry -> wanted(entry).penalty()).map(Penalty::until)
                .orElse(Instant.MIN);
    }

    /** Has the roster say what it should, if it does not and this node is in a role to write there. */
    void noteAs(Role role) {
        boolean member = switch (role) {
            case STANDBY, ELECTED, MASTER, YIELDING -> true;
            case DETACHED, JOINING, LEAVING, EVICTED, STOPPED -> false;
        };
        if (member && situation.settings.isCandidate() && situation.seen().connected() && situation.registered()
                && situation.bar().isEmpty()) {
            note();
        }
    }

    private void note() {
        RosterEntry entry = situation.seen().roster().orElseThrow();
        CandidacyNotes wanted = wanted(entry);
        boolean fresh = reign.isPresent() && !situation.attempts.reached(begunNanos + Claims.FIRST_NANOS);
        if (fresh || handingOver) {
            // Its application is learning of it just now: that comes first. And should the target of a switchover die,
            // this node claims again at once, on the entry as it has seen it.
            return;
        }
        if (!wanted.equals(entry.notes())) {
            situation.attempt(ActionKind.NOTE, new Action.Note(entry.noted(wanted)));
        } else {
            situation.attempts.settled(ActionKind.NOTE);
        }
    }

    /** Returns what the entry should say on this node's candidacy. */
    CandidacyNotes wanted(RosterEntry entry) {
        CandidacyNotes found = entry.notes();
        boolean onProbation = reign.isPresent()
                && !situation.attempts.reached(begunNanos + Governor.PROBATION.toNanos());
        return found.withIllness(illness).withServing(onProbation ? last : Optional.empty())
                .withPenalty(penalty(found)).withVeto(veto(found));
    }

    /**
     * A no is taken back with the note that a mastership begins, and not a moment before: a write of its own would move
     * the version that the claim is to check.
     */
    private Optional<Veto> veto(CandidacyNotes found) {
        return reign.isPresent() ? Optional.empty() : refusal.or(found::veto);
    }

    private Optional<Penalty> penalty(CandidacyNotes found) {
        Optional<Penalty> noted = found.penalty();
        Optional<Epoch> ownFault = fault.flatMap(why -> last);
        Optional<Epoch> ofAnotherRun = found.serving().filter(epoch -> !Optional.of(epoch).equals(last));
        Optional<Epoch> lost = ownFault.or(() -> ofAnotherRun);
        if (lost.isEmpty() || noted.filter(known -> !lost.get().isAfter(known.epoch())).isPresent()) {
            // It is on record; should an operator strike it off, it is not to come back.
            fault = Optional.empty();
            return noted;
        }
        if (due.filter(decided -> decided.epoch().equals(lost.get())).isEmpty()) {
            String reason = ownFault.isPresent() ? fault.orElseThrow() : "it ended without a word";
            due = Optional.of(Governor.after(noted, lost.get(), reason, situation.now().wall()));
        }
        return due;
    }
}
