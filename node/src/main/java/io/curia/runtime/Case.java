package io.curia.runtime;

import io.curia.core.Finding;
import io.curia.core.Verification;
import io.curia.core.Verification.Verdict;
import io.curia.model.Member;
import io.curia.model.NodeId;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** One member that is suspected to be dead, and what an {@link Inquest} knows of it. For the inquest's thread. */
final class Case {

    final Member suspect;
    /** Where it was reached, if it was. */
    final Optional<InetSocketAddress> at;
    final Grounds grounds;
    /** Whose opinion is awaited. */
    final Set<NodeId> asked = new HashSet<>();
    Verification known;
    /** Counts the times that it was begun, so that a look of an earlier time begins no second row of looks. */
    int round;
    /** Whether somebody was asked in this round. */
    boolean hasAsked;

    Case(Member suspect, Optional<InetSocketAddress> at, Grounds grounds, long nanos) {
        this.suspect = suspect;
        this.at = at;
        this.grounds = grounds;
        this.known = Verification.begun(grounds == Grounds.CLOSED, nanos);
    }

    /** Returns the number of the round that begins now, in which nobody has been asked yet. */
    int beginAnew() {
        asked.clear();
        hasAsked = false;
        return ++round;
    }

    /** Returns whether it is open what became of it, or of the network between. */
    boolean isInDoubt() {
        boolean decided = known.verdict().filter(said -> said == Verdict.DEAD || said == Verdict.ALIVE).isPresent();
        return !decided && !known.own().equals(Optional.of(Finding.REFUSED));
    }
}
