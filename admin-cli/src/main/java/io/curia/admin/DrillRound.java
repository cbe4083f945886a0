package io.curia.admin;

import io.curia.admin.drill.DrillException;
import io.curia.admin.drill.Hold;
import io.curia.admin.drill.Measurement;
import io.curia.admin.drill.Round;
import io.curia.admin.drill.Sightings;
import io.curia.admin.drill.Victim;
import io.curia.admin.drill.Watching;
import io.curia.model.ClusterView;
import io.curia.model.Member;
import io.curia.model.MemberRole;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One round of a drill, from its witnesses to its result. Whatever happens, the victim is put right at the end. */
final class DrillRound {

    private static final Duration STEP = Duration.ofMillis(2);
    private static final Duration FIRST_ANSWERS = Duration.ofSeconds(10);
    /** For how long everybody is watched when all is in order again. */
    private static final Duration AFTERMATH = Duration.ofMillis(100);

    private final int number;
    private final Victim victim;
    private final Hold hold;
    private final Watching watching;
    private final ClusterStore store;
    private final Time time;
    private final DrillSettings settings;
    private final DrillProgress progress;
    private Measurement measurement;
    private OptionalLong righted = OptionalLong.empty();
    private OptionalLong back = OptionalLong.empty();
    private Optional<String> missing = Optional.of("interrupted");

    DrillRound(int number, Victim victim, Hold hold, Watching watching, ClusterStore store, Time time,
            DrillSettings settings, DrillProgress progress) {
        this.number = number;
        this.victim = victim;
        this.hold = hold;
        this.watching = watching;
        this.store = store;
        this.time = time;
        this.settings = settings;
        this.progress = progress;
        this.measurement = new Measurement(number, time.now(), victim, time.nanos());
    }

    /** Returns what is wrong if the witnesses do not hear from every candidate, and from the master that it is one. */
    Optional<String> awaitWitnesses(List<NodeId> candidates) throws InterruptedException {
        progress.phase("waiting for the witnesses");
        Deadline deadline = Deadline.after(FIRST_ANSWERS, time);
        while (true) {
            Sightings seen = watching.sightings();
            List<NodeId> silent = candidates.stream().filter(id -> !seen.hasAnswered(id)).sorted().toList();
            if (silent.isEmpty() && seen.isValidNow(victim.id(), victim.epoch())) {
                return Optional.empty();
            }
            if (deadline.hasPassed()) {
                return Optional.of(silent.isEmpty() ? victim.id() + " does not say that it is the valid master"
                        : "no answer from " + EvictionPlan.names(silent)
                                + "; every candidate's address must be reachable from here");
            }
            deadline.pause(STEP);
        }
    }

    /** Hurts the victim, waits for what follows, puts it right, and waits until it is back. */
    void carryOut() throws InterruptedException {
        progress.phase(victim.id() + " is " + settings.fault().done() + "; waiting for a valid master");
        Deadline deadline = Deadline.after(settings.timeout(), time);
        measurement = new Measurement(number, time.now(), victim, time.nanos());
        try {
            hold.hurt();
            if (settings.fault().isRightedAtOnce()) {
                putRight();
            }
            missing = awaitMaster(deadline);
            putRight();
            if (missing.isEmpty()) {
                missing = Optional.of("interrupted");
                progress.phase("waiting until " + victim.id() + " is a member again");
                missing = new Look(store, time, deadline).until(this::lacking);
            }
            if (missing.isEmpty()) {
                missing = awaitCalm(deadline);
            }
        } catch (DrillException e) {
            missing = Optional.of(e.getMessage());
        } finally {
            lastlyPutRight();
        }
    }

    private Optional<String> awaitMaster(Deadline deadline) throws InterruptedException {
        while (watching.sightings().firstValidAfter(victim.epoch()).isEmpty()) {
            if (deadline.hasPassed()) {
                return Optional.of("no new valid master within " + Age.spell(deadline.allowed()));
            }
            if (settings.fault().isRightedAtOnce()) {
                // It may have a new address, and be the next master itself.
                new Look(store, time, Deadline.after(Duration.ZERO, time)).until(view -> {
                    follow(view);
                    return Optional.empty();
                });
            }
            deadline.pause(STEP);
        }
        return Optional.empty();
    }

    /** What the last answers leave open would count as time without a master: so the master is heard once more. */
    private Optional<String> awaitCalm(Deadline deadline) throws InterruptedException {
        missing = Optional.of("interrupted");
        time.pause(AFTERMATH);
        long since = time.nanos();
        while (!watching.sightings().isMasteredSince(victim.epoch(), since)) {
            if (deadline.hasPassed()) {
                return Optional.of("no valid master is left at the end");
            }
            deadline.pause(STEP);
        }
        return Optional.empty();
    }

    private void follow(ClusterView view) {
        live(view).filter(member -> !member.incarnation().equals(victim.incarnation()))
                .ifPresent(member -> watching.follow(member.id(), member.address()));
    }

    private Optional<Member> live(ClusterView view) {
        return view.member(victim.id()).flatMap(MemberView::live);
    }

    private Optional<String> lacking(ClusterView view) {
        follow(view);
        Optional<MemberView> member = view.member(victim.id()).filter(MemberView::isLiveCandidate);
        if (member.isEmpty() || isOldRegistration(member.get())) {
            return Optional.of(victim.id() + " is no member again within " + Age.spell(settings.timeout()));
        }
        if (view.currentMaster().isEmpty()) {
            return Optional.of("there is no master any more");
        }
        if (back.isEmpty()) {
            back = OptionalLong.of(time.nanos());
        }
        // From a process that was frozen this is what matters most: what it says once it is awake.
        return watching.sightings().hasAnsweredSince(victim.id(), righted.orElse(measurement.hurtNanos()))
                ? Optional.empty() : Optional.of(victim.id() + " is a member again but does not answer");
    }

    /** A frozen process may keep its registration only if its session outlived the freeze, as no master. */
    private boolean isOldRegistration(MemberView member) {
        return member.live().filter(live -> live.incarnation().equals(victim.incarnation())).isPresent()
                && (!settings.fault().keepsProcess() || member.role() == MemberRole.MASTER);
    }

    private void putRight() {
        if (hold.isHurt()) {
            try {
                hold.putRight();
            } catch (DrillException e) {
                throw new DrillException(victim.id() + " was " + settings.fault().done()
                        + " and COULD NOT BE PUT RIGHT: " + e.getMessage(), e);
            }
            righted = OptionalLong.of(time.nanos());
        }
    }

    /** Not to be hindered by the interrupt that may have led here. */
    private void lastlyPutRight() {
        boolean interrupted = Thread.interrupted();
        try {
            putRight();
        } catch (DrillException e) {
            missing = Optional.of(e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns what came of it so far. */
    Round result() {
        return measurement.result(watching.sightings(), righted, back, time.nanos(), missing);
    }
}
