package io.curia.core;

import io.curia.model.Incarnation;
import io.curia.model.Observation;
import io.curia.model.RefusalReason;
import io.curia.model.RosterEntry;
import java.time.Duration;
import java.util.Optional;

/**
 * Getting registered: be let in by a member, or by oneself where nobody else can, then write the registration.
 *
 * <p>A member is asked when the node was told whom to ask, when the roster does not admit it, and when somebody
 * else is registered under its id (the one asked can tell a ghost from a live duplicate). Once let in, it stays let
 * in for as long as the process runs.
 */
final class Admission {

    /** How long an unanswered {@code --join} is repeated before the node gives up. */
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(5);
    /** What is added to two session timeouts before another registration under this id counts as a live duplicate. */
    private static final Duration GHOST_MARGIN = Duration.ofSeconds(2);

    private final Situation situation;
    private boolean admitted;
    private Optional<String> nobodyAnswered = Optional.empty();
    private Since<String> asking = Since.never();
    private Since<Incarnation> ghost = Since.never();

    Admission(Situation situation) {
        this.situation = situation;
    }

    void onAccepted() {
        admitted = true;
        // The sponsor wrote the roster entry; it only has to be seen.
        situation.attempts.completed(ActionKind.ADMIT_SELF, Event.Result.DONE);
    }

    void onNobodyAnswered(String detail) {
        nobodyAnswered = Optional.of(detail);
    }

    /** Takes the next step towards a registration; returns why there will be none, if that is certain. */
    Optional<Farewell> seek() {
        Observation seen = situation.seen();
        asking = asking.seeing(Optional.of("asking"), situation.nanos());
        ghost = ghost.seeing(seen.live().map(Observation.Registration::incarnation), situation.nanos());
        if (mustAsk()) {
            return ask();
        }
        if (ghost.what().isPresent()) {
            return awaitGhost();
        }
        if (registrationCameAndWent(seen)) {
            situation.renewIncarnation();
        }
        if (!situation.admittedInRoster()) {
            situation.attempt(ActionKind.ADMIT_SELF, new Action.AdmitSelf(ownAdmission()));
        } else {
            situation.attempt(ActionKind.REGISTER,
                    new Action.Register(situation.incarnation(), seen.roster().orElseThrow()));
        }
        return Optional.empty();
    }

    /**
     * The roster says that this incarnation registered, and nothing stands: it was gone before it was ever seen. The
     * next registration must not pass for this one. (The entry is read before the registration, never after.)
     */
    private boolean registrationCameAndWent(Observation seen) {
        return seen.live().isEmpty()
                && seen.roster().flatMap(RosterEntry::incarnation).equals(Optional.of(situation.incarnation()));
    }

    /** The registration was seen; a later one in the same run needs nobody's leave. */
    void achieved() {
        admitted = true;
    }

    private boolean mustAsk() {
        return !admitted && (situation.settings.seeded() || !situation.admittedInRoster()
                || ghost.what().isPresent());
    }

    private Optional<Farewell> ask() {
        boolean mayGoOnAlone = !situation.settings.seeded() || situation.settings.makeMasterOnError();
        if (nobodyAnswered.isPresent() && mayGoOnAlone) {
            admitted = true;
            return seek();
        }
        if (nobodyAnswered.isPresent() && situation.attempts.reached(asking.nanos() + JOIN_PATIENCE.toNanos())) {
            return Optional.of(Farewell.of(Farewell.Kind.NO_PEER, nobodyAnswered.get()));
        }
        situation.attempt(ActionKind.ASK_TO_JOIN, new Action.AskToJoin(situation.incarnation()));
        return Optional.empty();
    }

    /** Somebody else's session holds this id: a predecessor's that has not expired yet, or a live duplicate's. */
    private Optional<Farewell> awaitGhost() {
        Duration patience = situation.seen().sessionTimeout().multipliedBy(2).plus(GHOST_MARGIN);
        if (!situation.attempts.reached(ghost.nanos() + patience.toNanos())) {
            return Optional.empty();
        }
        return Optional.of(Farewell.refused(RefusalReason.DUPLICATE_ID, "incarnation "
                + ghost.what().orElseThrow().abbreviated() + " stayed registered under this id for "
                + patience.toSeconds() + " s"));
    }

    private RosterEntry ownAdmission() {
        String self = situation.settings.self().value();
        return situation.seen().roster()
                .map(entry -> entry.readmitted(self, "ban ended", situation.now().wall()))
                .orElseGet(() -> RosterEntry.admitted(situation.settings.self(), situation.settings.kind(), self,
                        "nobody else to ask", situation.now().wall()));
    }
}
