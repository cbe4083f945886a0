package io.curia.wire.message;

import io.curia.model.CandidacyNotes;
import io.curia.model.Eligibility;
import io.curia.model.Endpoint;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberRole;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Priority;
import io.curia.model.RosterEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One node of the roster as told to others. What nobody knows of it is empty.
 *
 * @param id the node
 * @param status live, down or evicted
 * @param role its role, NONE unless live
 * @param address where it can, or last could, be dialled
 * @param incarnation its registration, the last one if it is not live
 * @param pid its process; only of a live node
 * @param host the machine it runs on; only of a live node
 * @param since since when it has this status; empty if nobody noted when it went down
 * @param version the software's version; only of a live node
 * @param tags its labels
 * @param sponsor the member that holds it; only of a guest
 * @param reason why it is down or evicted
 * @param kind what it was admitted as; empty from a node that does not tell
 * @param by who evicted it; only of an evicted node
 * @param until when its ban ends; empty: not before it is readmitted
 * @param eligibility whether it could become master now; empty from a node that does not tell
 * @param priority how much it is preferred; only of a live candidate
 * @param notes on its candidacy, but for its probation; none from a node that does not tell
 */
public record MemberRow(NodeId id, MemberStatus status, MemberRole role, Optional<Endpoint> address,
        Optional<Incarnation> incarnation, Optional<Long> pid, Optional<String> host, Optional<Instant> since,
        Optional<String> version, Map<String, String> tags, Optional<NodeId> sponsor, Optional<String> reason,
        Optional<MemberKind> kind, Optional<String> by, Optional<Instant> until, Optional<Eligibility> eligibility,
        Optional<Priority> priority, CandidacyNotes notes) {

    public MemberRow {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(incarnation, "incarnation");
        Objects.requireNonNull(pid, "pid");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(sponsor, "sponsor");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(until, "until");
        Objects.requireNonNull(eligibility, "eligibility");
        Objects.requireNonNull(priority, "priority");
        notes = notes.withServing(Optional.empty());
        tags = Member.checkedTags(tags);
    }

    /** Returns what others are told of this member at this moment. */
    public static MemberRow of(MemberView view, Instant now) {
        Optional<Member> live = view.live();
        RosterEntry roster = view.roster();
        boolean evicted = view.status() == MemberStatus.EVICTED;
        return new MemberRow(view.id(), view.status(), view.role(),
                live.map(Member::address).or(roster::address),
                live.map(Member::incarnation).or(roster::incarnation),
                live.map(Member::pid).filter(pid -> pid > 0), live.map(Member::host), view.since(),
                live.map(Member::version).filter(version -> !version.isEmpty()),
                live.map(Member::tags).orElse(Map.of()),
                live.flatMap(Member::sponsor), view.reason(),
                Optional.of(live.map(Member::kind).orElse(roster.kind())),
                evicted ? Optional.of(roster.actor()) : Optional.empty(), evicted ? roster.until() : Optional.empty(),
                Optional.of(view.eligibility(now)), live.filter(Member::isCandidate).map(Member::priority),
                roster.notes());
    }

    /** Returns this row without its tags and notes, for one that would not fit a line with them. */
    MemberRow bare() {
        return new MemberRow(id, status, role, address, incarnation, pid, host, since, version, Map.of(), sponsor,
                reason, kind, by, until, eligibility, priority, CandidacyNotes.NONE);
    }
}
