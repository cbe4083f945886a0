package io.curia.core;

import static io.curia.core.Sight.NOON;
import static io.curia.core.Sight.STRANGER;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.core.JoinPolicy.Applicant;
import io.curia.model.Incarnation;
import io.curia.model.Member;
import io.curia.model.MemberKind;
import io.curia.model.NodeId;
import io.curia.model.RefusalReason;
import io.curia.model.RosterEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JoinPolicyTest {

    private static final Incarnation OWN = Incarnation.of(1, 1);
    private static final Applicant NODE = new Applicant(Sight.SELF, OWN, MemberKind.CANDIDATE);
    private static final NodeId SPONSOR = NodeId.of("n2");

    static Member member(String id, Incarnation incarnation, MemberKind kind) {
        return new Member(NodeId.of(id), incarnation, Sight.ADDRESS, kind, 42, "box", "0.1.0", NOON, Map.of(),
                Optional.empty());
    }

    private static Optional<RefusalReason> objection(Applicant applicant, Optional<RosterEntry> entry,
            Optional<Member> holder, boolean answers) {
        return JoinPolicy.objection(applicant, entry, holder, answers, NOON).map(Refusal::reason);
    }

    private static Optional<RosterEntry> evictedUntil(Instant until) {
        return Optional.of(Sight.entry(2).evicted("operator", "disk", NOON, Optional.ofNullable(until)));
    }

    @Test
    void unknownNodeIsLetIn() {
        assertThat(objection(NODE, Optional.empty(), Optional.empty(), false)).isEmpty();
    }

    @Test
    void evictedNodeIsRefusedUntilReadmitted() {
        assertThat(objection(NODE, evictedUntil(null), Optional.empty(), false)).contains(RefusalReason.EVICTED);
    }

    @Test
    void refusalOfAnEvictedNodeSaysByWhomAndWhy() {
        assertThat(JoinPolicy.objection(NODE, evictedUntil(null), Optional.empty(), false, NOON).orElseThrow().detail())
                .contains("operator", "disk", "until readmitted");
    }

    @Test
    void banEndsAtItsHour() {
        assertThat(objection(NODE, evictedUntil(NOON.plusNanos(1)), Optional.empty(), false))
                .contains(RefusalReason.EVICTED);
        assertThat(objection(NODE, evictedUntil(NOON), Optional.empty(), false)).isEmpty();
    }

    @Test
    void liveHolderThatAnswersIsADuplicate() {
        Optional<Member> holder = Optional.of(member("n1", STRANGER, MemberKind.CANDIDATE));

        assertThat(objection(NODE, Optional.of(Sight.entry(1)), holder, true)).contains(RefusalReason.DUPLICATE_ID);
    }

    @Test
    void ghostOfThePreviousRunIsNoObjection() {
        Optional<Member> holder = Optional.of(member("n1", STRANGER, MemberKind.CANDIDATE));

        assertThat(objection(NODE, Optional.of(Sight.entry(1)), holder, false)).isEmpty();
    }

    @Test
    void applicantIsNoDuplicateOfItself() {
        Optional<Member> holder = Optional.of(member("n1", OWN, MemberKind.CANDIDATE));

        assertThat(objection(NODE, Optional.of(Sight.entry(1)), holder, true)).isEmpty();
    }

    @Test
    void guestCannotTakeTheNameOfANode() {
        Applicant guest = new Applicant(Sight.SELF, OWN, MemberKind.GUEST);

        assertThat(objection(guest, Optional.of(Sight.entry(1)), Optional.empty(), false))
                .contains(RefusalReason.DUPLICATE_ID);
        assertThat(objection(guest, Optional.empty(), Optional.empty(), false)).isEmpty();
    }

    @Test
    void firstAdmissionNamesItsSponsor() {
        RosterEntry entry = JoinPolicy.admission(NODE, Optional.empty(), SPONSOR, NOON).orElseThrow();

        assertThat(entry.standing()).isEqualTo(RosterEntry.Standing.ADMITTED);
        assertThat(entry.actor()).isEqualTo("n2");
        assertThat(entry.version()).isEqualTo(RosterEntry.NOT_STORED);
    }

    @Test
    void admittedNodeNeedsNoOtherAdmission() {
        assertThat(JoinPolicy.admission(NODE, Optional.of(Sight.entry(1)), SPONSOR, NOON)).isEmpty();
    }

    @Test
    void nodeWhoseBanEndedIsAdmittedAtTheVersionRead() {
        RosterEntry entry = JoinPolicy.admission(NODE, evictedUntil(NOON), SPONSOR, NOON).orElseThrow();

        assertThat(entry.standing()).isEqualTo(RosterEntry.Standing.ADMITTED);
        assertThat(entry.version()).isEqualTo(2);
    }
}
