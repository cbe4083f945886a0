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
        String id = member.id().value();
        CandidacyNotes notes = member.roster().notes();
        return drained(member).or(() -> notes.illness().map(ill -> new Finding(Kind.UNHEALTHY, id, ill.words()
                        + ", since " + seconds(ill.at()), "mend what its health check complains of; it queues again by "
                        + "itself"))
                .or(() -> notes.veto().map(no -> new Finding(Kind.REFUSED_PROMOTION, id, no.words(), "see what its "
                        + "--pre-master program wants; it is asked again when it is its turn, and 'admin-cli "
                        + "switchover --to " + id + "' gives it one"))))
                .or(() -> notes.penalty().filter(penalty -> penalty.runs(now)).map(penalty -> new Finding(Kind.FLAPPING,
                        id, penalty.words(), "find out in its log why it lost mastership; 'admin-cli readmit " + id
                        + "' forgives it")))
                .filter(finding -> finding.kind() == Kind.DRAINED || member.isLiveCandidate());
    }

    /** Returns that an operator has taken this member out of the running; empty if none has. */
    static Optional<Finding> drained(MemberView member) {
        return member.roster().notes().drain().map(drain -> new Finding(Kind.DRAINED, member.id().value(),
                drain.words() + ", since " + seconds(drain.at()), "when that is over: admin-cli undrain "
                + member.id()));
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
