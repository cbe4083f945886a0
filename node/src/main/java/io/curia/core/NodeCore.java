package io.curia.core;

import io.curia.core.Bar.Reach;
import io.curia.core.Reign.Loss;
import io.curia.model.Cause;
import io.curia.model.Departure;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.Observation;
import io.curia.model.Observation.LatchPlace;
import io.curia.model.Role;
import io.curia.model.RosterEntry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What one node does, decided from what it last observed, whatever woke it. Not thread-safe: one thread owns it.
 *
 * <table>
 * <caption>Transitions. Every other change of role is a bug.</caption>
 * <tr><th>from</th><th>to</th><th>when</th></tr>
 * <tr><td>DETACHED</td><td>JOINING</td><td>the session is connected</td></tr>
 * <tr><td>JOINING</td><td>STANDBY</td><td>this session holds this incarnation's registration</td></tr>
 * <tr><td>STANDBY</td><td>ELECTED</td><td>a candidate leads the latch</td></tr>
 * <tr><td>ELECTED</td><td>STANDBY</td><td>it leads no longer, or must not queue where it does</td></tr>
 * <tr><td>ELECTED</td><td>MASTER</td><td>its claim is committed, and young enough to be valid; it may have been made
 *     while a STANDBY, in taking over from a master that acts no more</td></tr>
 * <tr><td>MASTER</td><td>YIELDING</td><td>planned (stop, step-down), or its place, its validity or its standing is
 *     gone</td></tr>
 * <tr><td>YIELDING</td><td>STANDBY</td><td>duties stopped or out of patience; a planned one was taken over from, or
 *     gave up its place</td></tr>
 * <tr><td>YIELDING</td><td>LEAVING</td><td>the same, and a stop was requested; its place may go with the
 *     departure</td></tr>
 * <tr><td>STANDBY, ELECTED</td><td>JOINING</td><td>the registration is gone; the next is a new incarnation</td></tr>
 * <tr><td>STANDBY, ELECTED</td><td>LEAVING</td><td>a stop was requested</td></tr>
 * <tr><td>JOINING, STANDBY, ELECTED</td><td>EVICTED</td><td>the roster bars this node</td></tr>
 * <tr><td>DETACHED, JOINING</td><td>STOPPED</td><td>a stop was requested, or the join cannot succeed</td></tr>
 * <tr><td>LEAVING</td><td>STOPPED</td><td>left, or ZooKeeper did not answer in time</td></tr>
 * <tr><td>EVICTED</td><td>STOPPED</td><td>it holds nothing any more, or ZooKeeper did not answer in time</td></tr>
 * <tr><td>any</td><td>STOPPED</td><td>the node cannot go on</td></tr>
 * </table>
 */
public final class NodeCore {

    /** How long leaving or a last confirmation may take before the session's end has to do. */
    private static final Duration FAREWELL_PATIENCE = Duration.ofSeconds(2);

    private final Situation situation;
    private final Admission admission;
    private final Candidacy candidacy;
    private final Claims claims;
    private final Mastery mastery;
    private final Obituaries obituaries = new Obituaries();
    private final Undertaker undertaker;
    private final Conduct conduct;
    private final Notes notes;

    private Role role = Role.DETACHED;
    private long roleSinceNanos;

    /**
     * Makes a core in role DETACHED.
     *
     * @param random where incarnations and claim ids come from
     */
    public NodeCore(Settings settings, Supplier<Incarnation> random, Moment start) {
        this.situation = new Situation(settings, random, start);
        this.admission = new Admission(situation);
        this.conduct = new Conduct(situation);
        this.candidacy = new Candidacy(situation, conduct);
        this.claims = new Claims(situation, candidacy.permission());
        this.mastery = new Mastery(situation, new Handover(situation, candidacy), claims);
        this.undertaker = new Undertaker(situation, candidacy, claims, obituaries);
        this.notes = new Notes(situation, admission, claims, candidacy.permission(), mastery, obituaries, undertaker,
                conduct);
        this.roleSinceNanos = start.nanos();
    }

    /** Takes note of the event and returns what to do now, in order. */
    public List<Action> step(Event event, Moment now) {
        situation.beginStep(now);
        event.applyTo(notes);
        Role before;
        do {
            before = role;
            conduct.see(mastery.reign(), candidacy.permission().refusal());
            decide();
        } while (role != before);
        if (notes.stop().isEmpty()) {
            // Who is to leave says it with the departure: a write of its own would make that a conflict, and late.
            conduct.noteAs(role);
        }
        return situation.decided();
    }

    /** Returns when, on the monotonic clock, to decide again even if nothing happens. */
    public OptionalLong wakeAt() {
        return role == Role.STOPPED ? OptionalLong.empty() : situation.attempts.wakeAt();
    }

    public Role role() {
        return role;
    }

    /** Returns what was last observed. */
    public Observation seen() {
        return situation.seen();
    }

    /** Returns the registration that this node holds or is about to make. */
    public Incarnation incarnation() {
        return situation.incarnation();
    }

    /** Returns the highest epoch that this node knows of. */
    public Epoch epoch() {
        return situation.highestEpoch();
    }

    /** Returns every reason for which this node is no candidate just now; empty for one that never is. */
    public List<Bar> bars() {
        return situation.settings.isCandidate() ? candidacy.bars() : List.of();
    }

    private void decide() {
        if (notes.failure().isPresent() && role != Role.STOPPED) {
            mastery.reign().ifPresent(held -> mastery.revoke());
            finish(notes.failure().get());
            return;
        }
        switch (role) {
            case DETACHED -> decideDetached();
            case JOINING -> decideJoining();
            case STANDBY -> decideStandby();
            case ELECTED -> decideElected();
            case MASTER -> decideMaster();
            case YIELDING -> decideYielding();
            case LEAVING -> decideLeaving();
            case EVICTED -> decideEvicted();
            case STOPPED -> { }
        }
    }

    private void decideDetached() {
        if (notes.stop().isPresent()) {
            finish(Farewell.of(Farewell.Kind.LEFT, notes.stop().get()));
        } else if (situation.seen().connected()) {
            become(Role.JOINING, "connected to ZooKeeper");
        }
    }

    private void decideJoining() {
        if (notes.stop().isPresent()) {
            finish(Farewell.of(Farewell.Kind.LEFT, notes.stop().get()));
        } else if (situation.bar().isPresent()) {
            become(Role.EVICTED, evictionReason());
        } else if (notes.refusal().isPresent()) {
            finish(notes.refusal().get());
        } else if (situation.seen().connected() && situation.registered()) {
            admission.achieved();
            become(Role.STANDBY, "registered");
        } else if (situation.seen().connected()) {
            mastery.confirmSpent();
            admission.seek().ifPresent(this::finish);
        }
    }

    private void decideStandby() {
        if (leaveMembership() || !situation.seen().connected()) {
            return;
        }
        boolean good = situation.settings.isCandidate() && candidacy.seekPlace();
        undertaker.act(good);
        if (good && situation.leading()) {
            become(Role.ELECTED, "leads the latch");
        } else {
            claims.awaitLead(good);
            mastery.confirmSpent();
        }
    }

    private void decideElected() {
        if (mastery.reign().isPresent()) {
            become(Role.MASTER, "claimed after " + mastery.reign().get().tenure().cause());
        } else if (leaveMembership() || !situation.seen().connected()) {
            return;
        } else if (!situation.leading()) {
            claims.loseLead();
            become(Role.STANDBY, "leads no longer");
        } else if (candidacy.bar(Reach.QUEUE).or(() -> candidacy.bar(Reach.PLACE)).isPresent()) {
            claims.forsake();
            become(Role.STANDBY, "must not queue here");
        } else {
            if (candidacy.mayClaim()) {
                mastery.seekClaim();
            }
            undertaker.bury(false);
            mastery.reign().ifPresent(held -> become(Role.MASTER, "recognised its claim"));
        }
    }

    /** What ends a membership that holds no mastership; returns whether one of them did. */
    private boolean leaveMembership() {
        if (situation.bar().isPresent()) {
            become(Role.EVICTED, evictionReason());
        } else if (notes.stop().isPresent()) {
            become(Role.LEAVING, notes.stop().get());
        } else if (situation.seen().connected() && !situation.registered()) {
            situation.perform(new Action.WithdrawLatch());
            situation.renewIncarnation();
            become(Role.JOINING, "its registration is gone");
        } else {
            return false;
        }
        claims.forsake();
        return true;
    }

    private void decideMaster() {
        Optional<Loss> loss = mastery.overdue()
                .or(() -> notes.stop().map(why -> new Loss(Cause.LEFT, why, true)))
                .or(mastery::switchover)
                .or(candidacy::resignation);
        loss.ifPresent(mastery::lose);
        if (mastery.reign().orElseThrow().loss().isPresent()) {
            become(Role.YIELDING, mastery.reign().get().loss().get().reason());
        } else {
            mastery.renewIfDue();
            undertaker.bury(false);
        }
    }

    private void decideYielding() {
        if (!mastery.reign().orElseThrow().revoked()) {
            mastery.overdue().ifPresent(mastery::lose);
        }
        Reign held = mastery.reign().orElseThrow();
        long patience = situation.settings.yieldGrace().toNanos();
        if (!held.dutiesStopped() && !situation.attempts.reached(roleSinceNanos + patience)) {
            if (!held.revoked()) {
                mastery.renewIfDue();
            }
            return;
        }
        mastery.revoke();
        if (mastery.yieldsByWord()) {
            return;
        }
        if (notes.stop().isPresent()) {
            mastery.layDown();
            become(Role.LEAVING, notes.stop().get());
        } else if (!held.loss().orElseThrow().planned() || mastery.stepAside()) {
            mastery.layDown();
            become(Role.STANDBY, "mastership given up");
        }
    }

    private void decideLeaving() {
        boolean outOfPatience = situation.attempts.reached(roleSinceNanos + FAREWELL_PATIENCE.toNanos());
        if (notes.left() || outOfPatience || !situation.registered() || situation.bar().isPresent()) {
            finish(Farewell.of(Farewell.Kind.LEFT, notes.stop().orElseThrow()));
        } else if (situation.seen().connected()) {
            RosterEntry standing = situation.seen().roster().orElseThrow();
            RosterEntry entry = standing.noted(conduct.wanted(standing))
                    .departed(new Departure(Departure.How.LEFT, situation.now().wall()));
            situation.attempt(ActionKind.LEAVE, new Action.Leave(entry,
                    situation.seen().latch().map(LatchPlace::path), mastery.closing(), notes.stop().orElseThrow()));
        }
    }

    private void decideEvicted() {
        boolean outOfPatience = situation.attempts.reached(roleSinceNanos + FAREWELL_PATIENCE.toNanos());
        // Its latch place goes with the session, which ends with the node.
        if (mastery.confirmSpent() || outOfPatience) {
            finish(Farewell.of(Farewell.Kind.EVICTED, evictionReason()));
        }
    }

    private String evictionReason() {
        return situation.bar().map(entry -> "evicted by " + entry.actor()
                + (entry.reason().isEmpty() ? "" : ": " + entry.reason())
                + entry.until().map(until -> " (until " + until + ")").orElse("")).orElse("evicted");
    }

    private void finish(Farewell farewell) {
        become(Role.STOPPED, farewell.detail());
        situation.perform(new Action.Finish(farewell));
    }

    /** The one door through which the role changes. */
    private void become(Role next, String reason) {
        situation.perform(new Action.RoleChanged(role, next, epoch(), reason));
        role = next;
        roleSinceNanos = situation.nanos();
    }
}
