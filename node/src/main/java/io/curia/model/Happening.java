package io.curia.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Something that happened to the cluster, to be recorded in its history in one transaction with the change itself.
 * Bounded in size whoever the words are from.
 *
 * @param type what happened
 * @param id to whom; empty if to the cluster as a whole
 * @param incarnation to which registration of that node
 * @param epoch the mastership that this is about
 * @param cause why the mastership, or the one before it, ended
 * @param actor who brought it about: a node or an operator; may be empty
 * @param reason how, in words; may be empty
 * @param duration how long that which ended had lasted; of an election, for how long nobody was master
 */
public record Happening(EventType type, Optional<NodeId> id, Optional<Incarnation> incarnation, Optional<Epoch> epoch,
        Optional<Cause> cause, String actor, String reason, Optional<Duration> duration) {

    /** How many characters of a reason are kept. */
    public static final int MAX_REASON_CHARS = 500;
    /** How many characters of an actor are kept. */
    public static final int MAX_ACTOR_CHARS = 128;

    public Happening {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(epoch, "epoch");
        Objects.requireNonNull(cause, "cause");
        actor = bounded(actor, MAX_ACTOR_CHARS);
        reason = bounded(reason, MAX_REASON_CHARS);
        duration = duration.map(length -> length.isNegative() ? Duration.ZERO : length);
    }

    private static String bounded(String text, int most) {
        String cut = text.length() <= most ? text : text.substring(0, most - 1) + "…";
        // What is half of a pair cannot be written; strangers may send it.
        return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Returns an event about nobody in particular, such as a pause. */
    public static Happening ofCluster(EventType type, String actor, String reason) {
        return new Happening(type, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), actor,
                reason, Optional.empty());
    }

    /** Returns an event about a node, and about its registration if it has one. */
    public static Happening of(EventType type, NodeId id, Optional<Incarnation> incarnation, String actor,
            String reason) {
        return new Happening(type, Optional.of(id), incarnation, Optional.empty(), Optional.empty(), actor, reason,
                Optional.empty());
    }

    /** Returns this, about a mastership. */
    public Happening about(Epoch number) {
        return new Happening(type, id, incarnation, Optional.of(number), cause, actor, reason, duration);
    }

    /** Returns that {@code member} registers under {@code entry}, which is read as before. */
    public static Happening joined(Member member, RosterEntry entry) {
        return of(EventType.JOINED, member.id(), Optional.of(member.incarnation()), entry.actor(),
                member.kind().name().toLowerCase(Locale.ROOT) + " at " + member.address() + ", pid "
                        + member.pid() + " on " + member.host());
    }

    /** Returns that the registration noted in {@code entry} ended. */
    public static Happening ended(EventType how, RosterEntry entry, String actor, String reason) {
        return of(how, entry.id(), entry.incarnation(), actor, reason);
    }

    /** Returns that the roster now says what {@code entry} says: EVICTED or READMITTED, by whom and why. */
    public static Happening standing(RosterEntry entry) {
        boolean out = entry.standing() == RosterEntry.Standing.EVICTED;
        return of(out ? EventType.EVICTED : EventType.READMITTED, entry.id(), entry.incarnation(), entry.actor(),
                entry.reason() + entry.until().map(until -> (entry.reason().isEmpty() ? "" : " ") + "(until " + until
                        + ")").orElse(""));
    }

    /** Returns that somebody suspends changes of master. */
    public static Happening paused(Pause wish) {
        return ofCluster(EventType.PAUSED, wish.actor(), "until " + wish.until()
                + (wish.reason().isEmpty() ? "" : ": " + wish.reason()));
    }

    /** Returns that somebody has them resumed before the pause is over, of which it says how long it lasted. */
    public static Happening resumed(Optional<Pause> lifted, String actor, String reason, Instant at) {
        return new Happening(EventType.RESUMED, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), actor, reason, lifted.map(pause -> Duration.between(pause.at(), at)));
    }

    /** Returns that somebody asks for another master, or that this was settled without one. */
    public static Happening asked(Switchover wish) {
        String what = wish.outcome().map(outcome -> outcome.end() + ": " + outcome.detail())
                .orElseGet(() -> wish.cause() + " from " + wish.from() + wish.target().map(to -> " to " + to).orElse("")
                        + (wish.reason().isEmpty() ? "" : ": " + wish.reason()));
        return of(EventType.SWITCHOVER, wish.from(), Optional.empty(),
                wish.outcome().map(Switchover.Outcome::actor).orElse(wish.actor()), what).about(wish.fromEpoch());
    }

    /** Returns the end of {@code ended}, if the record it is written over does not tell of it already. */
    public static List<Happening> ending(Tenure ended, boolean news) {
        return news ? ended.ending().map(ending -> lost(ended, ending)).stream().toList() : List.of();
    }

    /** Returns that a tenure ended in this way. */
    public static Happening lost(Tenure tenure, Ending ending) {
        return new Happening(EventType.MASTER_LOST, Optional.of(tenure.id()), Optional.of(tenure.incarnation()),
                Optional.of(tenure.epoch()), Optional.of(ending.cause()), ending.actor(), ending.reason(),
                Optional.of(Duration.between(tenure.since(), ending.at())));
    }

    /**
     * Returns that {@code tenure} begins where {@code before} was recorded. If nobody recorded the end of the tenure
     * before, the claim is what ended it.
     */
    public static List<Happening> succession(MasterRecord before, Tenure tenure) {
        Optional<Ending> told = before.tenure().flatMap(Tenure::ending);
        Happening elected = new Happening(EventType.MASTER_ELECTED, Optional.of(tenure.id()),
                Optional.of(tenure.incarnation()), Optional.of(tenure.epoch()), Optional.of(tenure.cause()),
                tenure.id().value(), "", told.map(ending -> Duration.between(ending.at(), tenure.since())));
        return before.tenure().filter(old -> old.ending().isEmpty())
                .map(old -> List.of(lost(old, untold(old, tenure)), elected))
                .orElseGet(() -> List.of(elected));
    }

    /** Returns that {@code ended} ended and that {@code tenure} begins, both by the claim of the latter. */
    public static List<Happening> takeover(Tenure ended, Tenure tenure) {
        List<Happening> told = new ArrayList<>(ending(ended, true));
        told.addAll(succession(new MasterRecord(Optional.of(ended), Versioned.NOT_STORED), tenure));
        return told;
    }

    private static Ending untold(Tenure old, Tenure claimed) {
        String how;
        if (claimed.cause() == Cause.SESSION_EXPIRED) {
            how = "its session ended without a word";
        } else if (old.isOf(claimed.incarnation())) {
            how = "its clock guard ran out, and it claimed anew";
        } else {
            how = "its place in the latch was gone while it was registered";
        }
        return new Ending(claimed.cause(), true, claimed.id().value(), how, claimed.since());
    }
}
