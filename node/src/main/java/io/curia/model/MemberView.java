package io.curia.model;

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

    /** Returns whether this member could become master if it came to the front of the latch. */
    public boolean isLiveCandidate() {
        return live.filter(Member::isCandidate).isPresent();
    }
}
