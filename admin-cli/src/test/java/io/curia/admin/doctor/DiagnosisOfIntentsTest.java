package io.curia.admin.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.model.CandidacyNotes;
import io.curia.model.Cause;
import io.curia.model.Drain;
import io.curia.model.Epoch;
import io.curia.model.Illness;
import io.curia.model.NodeId;
import io.curia.model.Pause;
import io.curia.model.Penalty;
import io.curia.model.Switchover;
import io.curia.model.Veto;
import io.curia.store.ClusterStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What people and nodes have said about who is to lead: named, and told apart from an illness. */
class DiagnosisOfIntentsTest {

    private final Patient patient = new Patient();

    private List<String> found() {
        return patient.findings().stream().map(finding -> finding.kind() + " " + finding.subject()).toList();
    }

    private void note(String id, CandidacyNotes notes) {
        ClusterStore store = patient.records().store();
        store.put(store.roster(NodeId.of(id)).orElseThrow().noted(notes));
    }

    private static CandidacyNotes drained() {
        return CandidacyNotes.NONE.withDrain(Optional.of(new Drain("ann", "new disk", Patient.NOW)));
    }

    private static CandidacyNotes vetoed(Duration ago) {
        Instant at = Patient.NOW.minus(ago);
        return CandidacyNotes.NONE.withVeto(Optional.of(new Veto("no replica", at, at.plusSeconds(5))));
    }

    private void pause(Duration lasting) {
        ClusterStore store = patient.records().store();
        store.putPause(store.intents().pause().saying(new Pause(Patient.NOW.plus(lasting), "ann", "upgrade",
                Patient.NOW)));
    }

    @Test
    void whoIsDrainedIsNamedAndNoFaultWhetherItRunsOrNot() {
        note("n2", drained());
        note("n3", drained());
        patient.records().crash("n3");

        assertThat(found()).containsExactly("NO_STANDBY cluster", "DRAINED n2", "DRAINED n3");
        assertThat(Diagnosis.isDegraded(patient.findings())).isFalse();
        assertThat(patient.findings().get(0).detail()).contains("n2 (drained by ann: new disk)");
    }

    @Test
    void whoIsUnhealthyIsAFaultAndFlappingARisk() {
        note("n2", CandidacyNotes.NONE.withIllness(Optional.of(new Illness("no space", Patient.NOW))));
        note("n3", CandidacyNotes.NONE.withPenalty(Optional.of(new Penalty(2, new Epoch(1), "died", Patient.NOW,
                Patient.NOW.plusSeconds(300)))));

        assertThat(found()).containsExactly("UNHEALTHY n2", "FLAPPING n3");
        assertThat(Diagnosis.isDegraded(patient.findings())).isTrue();
    }

    @Test
    void whoseLastWordOnItsPromotionWasNoIsARiskForAsLongAsItStands() {
        note("n2", vetoed(Duration.ofHours(3)));

        assertThat(found()).containsExactly("REFUSED_PROMOTION n2");
        assertThat(patient.findings().get(0).detail()).contains("2026-01-31T09:00:00Z", "no replica");
    }

    @Test
    void aPauseIsARiskAndWhyThereIsNoMaster() {
        pause(Duration.ofMinutes(30));
        assertThat(found()).containsExactly("PAUSED cluster");

        patient.records().crash("n1");
        assertThat(found()).containsExactly("NO_MASTER cluster", "NODE_DOWN n1");
        assertThat(patient.findings().get(0).detail()).contains(
                "because the cluster is paused until 2026-01-31T12:30:00Z by ann: upgrade", "n2, n3 could be");
        assertThat(patient.findings().get(0).advice()).contains("resume", "switchover --force --to n2");
    }

    @Test
    void aPauseThatIsOverIsNone() {
        pause(Duration.ZERO);

        assertThat(found()).isEmpty();
    }

    @Test
    void nobodyIsMasterWhenEverybodyIsKeptOut() {
        note("n2", drained());
        note("n3", vetoed(Duration.ZERO));
        patient.records().crash("n1");

        assertThat(found()).startsWith("NO_MASTER cluster");
        assertThat(patient.findings().get(0).detail()).contains("nobody could be: n2 (drained by ann: new disk), "
                + "n3 (refused promotion at 2026-01-31T12:00:00Z: no replica)");
        assertThat(patient.findings().get(0).advice()).contains("undrain");
    }

    @Test
    void aSwitchoverThatStandsIsNotedUntilItIsVoid() {
        ClusterStore store = patient.records().store();
        store.putSwitchover(store.intents().switchover().saying(new Switchover("wish", NodeId.of("n1"), new Epoch(1),
                Optional.of(NodeId.of("n3")), Cause.SWITCHOVER, false, Patient.NOW, Patient.NOW.plusSeconds(35),
                Duration.ZERO, "bob", "kernel", Patient.NOW, Optional.empty())), store.master().version());
        assertThat(found()).containsExactly("SWITCHOVER_PENDING cluster");
        assertThat(patient.findings().get(0).detail()).contains("from n1 to n3", "bob: kernel");

        patient.records().elect("n2");
        assertThat(found()).isEmpty();
    }
}
