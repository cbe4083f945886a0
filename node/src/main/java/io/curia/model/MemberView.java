package io.curia.model;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One node of the roster as seen at one moment.
 *
 * @param id the node
 * @param status live, down or evicted
 * @param role its role; {@link MemberRole#NONE} unless live
 * @param live its registration; present exactly when the status is LIVE
 * @param roster its roster entry
 */
public record MemberView(NodeId id, MemberStatus status, MemberRole role, Optional<Member> live, RosterEntry roster) {

    public MemberView {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(live, "live");
        Objects.requireNonNull(roster, "roster");
    }

    /** Returns since when it has this status; empty if it is down and nobody has noted how it went. */
    public Optional<Instant> since() {
        return switch (status) {
            case LIVE -> live.map(Member::since);
            case DOWN -> neverRegistered() ? Optional.of(roster.at()) : roster.departure().map(Departure::at);
            case EVICTED -> Optional.of(roster.at());
        };
    }

    /** Returns why it has this status, for a person; empty if it is live. */
    public Optional<String> reason() {
        return switch (status) {
            case LIVE -> Optional.empty();
            case DOWN -> Optional.of(neverRegistered() ? "admitted, never registered" : roster.departure()
                    .map(departure -> departure.how().words()).orElse("gone, nobody has noted how"));
            case EVICTED -> Optional.of(roster.reason());
        };
    }

    private boolean neverRegistered() {
        return roster.incarnation().isEmpty();
    }

    /** Returns whether this member was started to stand for election, and is live. */
    public boolean isLiveCandidate() {
        return live.filter(Member::isCandidate).isPresent();
    }

    /** Returns whether this member could become master if everybody else went: neither drained nor unhealthy. */
    public boolean mayLead() {
        return isLiveCandidate() && !roster.notes().bar();
    }

    /** Returns how this member stands as a candidate at this moment. */
    public Eligibility eligibility(Instant now) {
        CandidacyNotes notes = roster.notes();
        if (!isLiveCandidate()) {
            return Eligibility.NONE;
        }
        if (notes.drain().isPresent()) {
            return Eligibility.DRAINED;
        }
        if (notes.illness().isPresent()) {
            return Eligibility.UNHEALTHY;
        }
        if (notes.veto().filter(veto -> veto.runs(now)).isPresent()) {
            return Eligibility.VETOED;
        }
        return notes.penalty().filter(penalty -> penalty.runs(now)).isPresent() ? Eligibility.FLAPPING
                : Eligibility.READY;
    }
}
