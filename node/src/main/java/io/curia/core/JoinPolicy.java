package io.curia.core;

import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import io.curia.model.RosterEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Whether an applicant may join, and what is written if so. What was read about it comes in as arguments. */
public final class JoinPolicy {

    private JoinPolicy() {
    }

    /**
     * Who wants in.
     *
     * @param id the name it wants
     * @param incarnation the registration it will make
     * @param kind what it wants to be
     */
    public record Applicant(NodeId id, Incarnation incarnation, MemberKind kind) {
    }

    /**
     * Returns why the applicant is kept out; empty if nothing in the records stands against it.
     *
     * @param entry its roster entry, if it has one
     * @param holder what is registered under its id, if anything
     * @param holderAnswers whether that very registration answers at its address: if not, it is a ghost that
     *     ZooKeeper will drop, and the applicant may wait for that
     */
    public static Optional<Refusal> objection(Applicant applicant, Optional<RosterEntry> entry,
            Optional<Member> holder, boolean holderAnswers, Instant now) {
        if (entry.isPresent() && entry.get().bars(now)) {
            return Optional.of(evicted(entry.get()));
        }
        boolean standsAsNode = entry.filter(found -> found.kind() != MemberKind.GUEST).isPresent();
        if (applicant.kind() == MemberKind.GUEST && standsAsNode) {
            return Optional.of(new Refusal(RefusalReason.DUPLICATE_ID,
                    applicant.id() + " is the name of a node of this cluster"));
        }
        return holder.filter(found -> holderAnswers && !found.incarnation().equals(applicant.incarnation()))
                .map(JoinPolicy::duplicate);
    }

    /** Returns the roster entry to store for the applicant; empty if the one it has admits it already. */
    public static Optional<RosterEntry> admission(Applicant applicant, Optional<RosterEntry> entry, NodeId sponsor,
            Instant now) {
        if (entry.isEmpty()) {
            return Optional.of(RosterEntry.admitted(applicant.id(), applicant.kind(), sponsor.value(), "", now));
        }
        return entry.filter(found -> found.standing() == RosterEntry.Standing.EVICTED)
                .map(found -> found.readmitted(sponsor.value(), "ban ended", now));
    }

    /** Says of a live registration that its id is taken, and by whom. */
    public static Refusal duplicate(Member holder) {
        return new Refusal(RefusalReason.DUPLICATE_ID, holder.id() + " is live at " + holder.address()
                + " (host " + holder.host() + ", pid " + holder.pid() + ") since "
                + holder.since().truncatedTo(ChronoUnit.SECONDS) + "; each node needs an id of its own");
    }

    private static Refusal evicted(RosterEntry entry) {
        String until = entry.until().map(end -> "until " + end).orElse("until readmitted");
        return new Refusal(RefusalReason.EVICTED, entry.id() + " was evicted by " + entry.actor() + " at "
                + entry.at() + ", " + until + (entry.reason().isEmpty() ? "" : ": " + entry.reason()));
    }
}
