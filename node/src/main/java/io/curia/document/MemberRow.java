package io.curia.document;

import io.curia.model.CandidacyNotes;
import io.curia.model.Drain;
import io.curia.model.Eligibility;
import io.curia.model.Endpoint;
import io.curia.model.Illness;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.MemberStatus;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Penalty;
import io.curia.model.Priority;
import io.curia.model.RosterEntry;
import io.curia.model.Veto;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One member as it is listed for people and programs.
 *
 * @param id the node
 * @param status LIVE, DOWN or EVICTED
 * @param role MASTER, STANDBY, OBSERVER, GUEST or NONE
 * @param kind what it was admitted as: CANDIDATE, OBSERVER or GUEST
 * @param address where it can be dialled, or could be last; empty if it never registered
 * @param incarnation its registration, or its last one
 * @param pid its process while it is live; empty for a guest
 * @param host the machine while it is live
 * @param since live, down or evicted since; empty if nobody noted when it went down
 * @param version its software while it is live
 * @param tags its labels while it is live
 * @param sponsor who holds a guest
 * @param reason why it is down or evicted
 * @param by who evicted it
 * @param until when its ban ends; empty: not before it is readmitted
 * @param eligibility whether it could become master now; empty if that was not told
 * @param priority how much it is preferred, while it is a live candidate
 * @param notes on its candidacy
 */
public record MemberRow(String id, MemberStatus status, String role, MemberKind kind, Optional<String> address,
        Optional<String> incarnation, Optional<Long> pid, Optional<String> host, Optional<Instant> since,
        Optional<String> version, Map<String, String> tags, Optional<String> sponsor, Optional<String> reason,
        Optional<String> by, Optional<Instant> until, Optional<Eligibility> eligibility, Optional<Priority> priority,
        CandidacyNotes notes) {

    /** Returns the row of a member as the records have it at this moment. */
    public static MemberRow of(MemberView member, Instant now) {
        RosterEntry entry = member.roster();
        Optional<Member> live = member.live();
        boolean evicted = member.status() == MemberStatus.EVICTED;
        return new MemberRow(member.id().value(), member.status(), member.role().name(),
                live.map(Member::kind).orElse(entry.kind()),
                live.map(Member::address).or(entry::address).map(Endpoint::toString),
                live.map(Member::incarnation).or(entry::incarnation).map(Incarnation::value),
                live.map(Member::pid).filter(pid -> pid > 0), live.map(Member::host), member.since(),
                live.map(Member::version).filter(version -> !version.isEmpty()),
                live.map(Member::tags).orElse(Map.of()),
                live.flatMap(Member::sponsor).map(NodeId::value), member.reason(),
                evicted ? Optional.of(entry.actor()) : Optional.empty(), evicted ? entry.until() : Optional.empty(),
                Optional.of(member.eligibility(now)),
                live.filter(Member::isCandidate).map(Member::priority), entry.notes());
    }

    /** Returns the fields of this row in a document. */
    public Map<String, Object> fields() {
        return new Fields().add("id", id).add("status", status.name()).add("role", role).add("kind", kind.name())
                .add("address", address.orElse(null)).add("incarnation", incarnation.orElse(null))
                .add("pid", pid.orElse(null)).add("host", host.orElse(null)).add("since", since)
                .add("version", version.orElse(null)).add("tags", tags).add("sponsor", sponsor.orElse(null))
                .add("reason", reason.orElse(null)).add("by", by.orElse(null)).add("until", until)
                .add("eligibility", eligibility.map(Eligibility::name).orElse(null))
                .add("priority", priority.map(Priority::value).orElse(null))
                .add("preempts", priority.map(Priority::preempts).orElse(null))
                .add("drain", notes.drain().map(MemberRow::fields).orElse(null))
                .add("illness", notes.illness().map(MemberRow::fields).orElse(null))
                .add("penalty", notes.penalty().map(MemberRow::fields).orElse(null))
                .add("veto", notes.veto().map(MemberRow::fields).orElse(null)).build();
    }

    private static Map<String, Object> fields(Drain drain) {
        return new Fields().add("by", drain.actor()).add("reason", drain.reason())
                .add("since", Fields.timestamp(drain.at())).build();
    }

    private static Map<String, Object> fields(Illness illness) {
        return new Fields().add("reason", illness.reason()).add("since", Fields.timestamp(illness.at())).build();
    }

    private static Map<String, Object> fields(Penalty penalty) {
        return new Fields().add("strikes", penalty.strikes()).add("epoch", penalty.epoch().number())
                .add("reason", penalty.reason()).add("since", Fields.timestamp(penalty.at()))
                .add("until", Fields.timestamp(penalty.until())).build();
    }

    private static Map<String, Object> fields(Veto veto) {
        return new Fields().add("reason", veto.reason()).add("since", Fields.timestamp(veto.at()))
                .add("until", Fields.timestamp(veto.until())).build();
    }

    /** Returns the role for people: a standby that is none just now is called what it is. */
    public String roleWord() {
        return eligibility.filter(word -> role.equals("STANDBY") && word != Eligibility.READY).map(Eligibility::name)
                .orElse(role);
    }
}
