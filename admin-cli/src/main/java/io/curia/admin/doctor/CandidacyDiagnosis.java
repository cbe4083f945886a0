package io.curia.admin.doctor;

import io.curia.admin.doctor.Finding.Kind;
import io.curia.model.CandidacyNotes;
import io.curia.model.Drain;
import io.curia.model.Illness;
import io.curia.model.MemberView;
import io.curia.model.Veto;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Why a node that is well all the same is no candidate, or not a good one: by the operator's word or its own. */
final class CandidacyDiagnosis {

    private CandidacyDiagnosis() {
    }

    /** Returns what is to be said of this member's candidacy; empty if nothing is. */
    static Optional<Finding> of(MemberView member, Instant now) {
        return member.isLiveCandidate()
                ? drained(member).or(() -> unhealthy(member)).or(() -> refused(member)).or(() -> flapping(member, now))
                : drained(member);
    }

    /** Returns that an operator has taken this member out of the running; empty if none has. */
    static Optional<Finding> drained(MemberView member) {
        return member.roster().notes().drain().map(drain -> new Finding(Kind.DRAINED, member.id().value(),
                drain.words() + ", since " + seconds(drain.at()), "when that is over: admin-cli undrain "
                + member.id()));
    }

    private static Optional<Finding> unhealthy(MemberView member) {
        return member.roster().notes().illness().map(ill -> new Finding(Kind.UNHEALTHY, member.id().value(),
                ill.words() + ", since " + seconds(ill.at()),
                "mend what its health check complains of; it queues again by itself"));
    }

    private static Optional<Finding> refused(MemberView member) {
        return member.roster().notes().veto().map(no -> new Finding(Kind.REFUSED_PROMOTION, member.id().value(),
                no.words(), "see what its --pre-master program wants; it is asked again when it is its turn, and "
                + "'admin-cli switchover --to " + member.id() + "' gives it one"));
    }

    private static Optional<Finding> flapping(MemberView member, Instant now) {
        return member.roster().notes().penalty().filter(penalty -> penalty.runs(now)).map(penalty -> new Finding(
                Kind.FLAPPING, member.id().value(), penalty.words(), "find out in its log why it lost mastership; "
                + "'admin-cli readmit " + member.id() + "' forgives it"));
    }

    /** Returns why this live candidate could not become master now, in half a sentence; empty if it could. */
    static Optional<String> obstacle(MemberView member, Instant now) {
        CandidacyNotes notes = member.roster().notes();
        return switch (member.eligibility(now)) {
            case READY, FLAPPING -> Optional.empty();
            case DRAINED -> notes.drain().map(Drain::words);
            case UNHEALTHY -> notes.illness().map(Illness::words);
            case VETOED -> notes.veto().map(Veto::words);
            case NONE -> Optional.of("no candidate");
        };
    }

    static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }
}
