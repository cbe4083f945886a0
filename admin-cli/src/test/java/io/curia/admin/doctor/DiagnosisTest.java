package io.curia.admin.doctor;

import static io.curia.admin.doctor.PeerSight.ALIVE;
import static io.curia.admin.doctor.PeerSight.REFUSED;
import static io.curia.admin.doctor.PeerSight.UNCLEAR;
import static io.curia.admin.doctor.PeerSight.UNREACHABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.curia.admin.doctor.Finding.Kind;
import io.curia.admin.witness.Sight;
import io.curia.model.Epoch;
import io.curia.model.Incarnation;
import io.curia.model.NodeId;
import io.curia.model.Role;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows from the evidence: each illness is named, and nothing else is. */
class DiagnosisTest {

    private final Patient patient = new Patient();

    private List<String> found() {
        return patient.findings().stream().map(finding -> finding.kind() + " " + finding.subject()).toList();
    }

    private void says(String id, Consumer<Patient.Saying> change) {
        Patient.Saying saying = patient.health(id);
        change.accept(saying);
        patient.saying(id, saying.build());
    }

    @Test
    void aHealthyClusterHasNoFindings() {
        assertThat(found()).isEmpty();
    }

    @Test
    void whoAcceptsAndSaysNothingIsFrozen() {
        patient.found("n2", Sight.SILENT).sees("n1", "n2", UNCLEAR).sees("n3", "n2", UNCLEAR);

        assertThat(found()).containsExactly("FROZEN n2");
    }

    @Test
    void whoIsRegisteredAndRefusesIsAGhost() {
        patient.found("n2", Sight.REFUSED).sees("n1", "n2", REFUSED).sees("n3", "n2", REFUSED);

        assertThat(found()).containsExactly("GHOST n2");
    }

    @Test
    void whatSpeaksAnotherProtocolOrNoneIsAForeignProcess() {
        patient.found("n2", Sight.STRANGER).found("n3", Sight.HUNG_UP);

        assertThat(found()).containsExactly("FOREIGN_PROCESS n2", "FOREIGN_PROCESS n3");
    }

    @Test
    void whoNobodyReachesAdvertisesAnAddressThatLeadsNowhere() {
        patient.found("n2", Sight.UNREACHABLE).sees("n1", "n2", UNREACHABLE).sees("n3", "n2", UNREACHABLE);

        assertThat(found()).containsExactly("UNREACHABLE_ADDRESS n2");
    }

    @ParameterizedTest
    @EnumSource(value = Sight.class, names = {"UNREACHABLE", "REFUSED", "SILENT"})
    void whoOthersReachIsOnlyNotReachedFromHere(Sight sight) {
        patient.found("n2", sight);

        assertThat(found()).containsExactly("UNREACHABLE_FROM_HERE n2");
        assertThat(Diagnosis.isDegraded(patient.findings())).isFalse();
    }

    @Test
    void whoAnswersWithoutZooKeeperIsCutOffFromIt() {
        says("n2", saying -> saying.connected = false);

        assertThat(found()).containsExactly("CUT_OFF_FROM_ZOOKEEPER n2");
    }

    @Test
    void withoutZooKeeperNobodyIsCutOffFromIt() {
        patient.withoutZooKeeper().server(1, ServerSight.State.REFUSED).server(2, ServerSight.State.REFUSED)
                .server(3, ServerSight.State.NOT_SERVING);
        says("n2", saying -> saying.connected = false);

        assertThat(found()).containsExactly("NO_QUORUM ensemble", "SERVER_DOWN zk1:2181", "SERVER_DOWN zk2:2181");
    }

    @Test
    void aServerThatWaitsForAQuorumIsNotSaidToBeDown() {
        patient.server(1, ServerSight.State.NOT_SERVING);
        assertThat(found()).containsExactly("SERVER_DOWN zk1:2181");

        patient.withoutZooKeeper().server(2, ServerSight.State.REFUSED).server(3, ServerSight.State.REFUSED);

        assertThat(found()).containsExactly("NO_QUORUM ensemble", "SERVER_DOWN zk2:2181", "SERVER_DOWN zk3:2181");
        assertThat(patient.findings().get(0).advice()).contains("start the others");
    }

    @Test
    void whoOthersDoNotReachAndWhoReachesNobodyIsCutOffFromPeers() {
        patient.sees("n1", "n2", UNREACHABLE).sees("n3", "n2", UNREACHABLE)
                .sees("n2", "n1", UNREACHABLE).sees("n2", "n3", UNREACHABLE);

        assertThat(found()).containsExactly("CUT_OFF_FROM_PEERS n2");
    }

    @Test
    void oneWitnessWhoMissesEverybodyIsCutOffHimself() {
        patient.sees("n3", "n1", UNREACHABLE).sees("n3", "n2", UNREACHABLE);

        assertThat(found()).containsExactly("CUT_OFF_FROM_PEERS n3");
    }

    @Test
    void inTwoPiecesNobodyIsAccusedWrongly() {
        patient.sees("n1", "n2", ALIVE).sees("n3", "n2", UNREACHABLE);

        assertThat(found()).as("half of those that looked reach it").containsExactly("CUT_OFF_FROM_PEERS n2");
    }

    @Test
    void anotherRunUnderTheSameIdIsADuplicate() {
        says("n2", saying -> {
            saying.incarnation = Incarnation.of(9, 9);
            saying.pid = 99;
            saying.role = Role.JOINING;
        });

        assertThat(found()).containsExactly("DUPLICATE_ID n2");
    }

    @Test
    void theSameProcessThatRegistersAnewIsNone() {
        says("n2", saying -> saying.incarnation = Incarnation.of(9, 9));

        assertThat(found()).isEmpty();
    }

    @Test
    void anotherNodeAtTheAddressHasTakenIt() {
        says("n2", saying -> saying.id = NodeId.of("n9"));

        assertThat(found()).containsExactly("ADDRESS_TAKEN n2");
    }

    @Test
    void epochsThatDifferAreToldApartByTheirOrder() {
        says("n2", saying -> saying.epoch = Epoch.NONE);
        says("n3", saying -> saying.epoch = new Epoch(7));

        assertThat(found()).containsExactly("STALE_EPOCH n2", "RECORDS_WENT_BACK n3");
    }

    @Test
    void whoSeesAnotherMasterOrAnotherClusterDiffers() {
        says("n2", saying -> saying.master = Optional.of(NodeId.of("n3")));
        says("n3", saying -> saying.uuid = "another");

        assertThat(found()).containsExactly("VIEWS_DIFFER n2", "VIEWS_DIFFER n3");
    }

    @Test
    void twoThatMayActAreTwoMasters() {
        says("n2", saying -> {
            saying.valid = true;
            saying.guardMillis = 2_000;
        });

        assertThat(found()).containsExactly("TWO_MASTERS cluster", "TWO_MASTERS n2");
    }

    @Test
    void aMasterThatIsNotValidIsNamed() {
        says("n1", saying -> saying.valid = false);

        assertThat(found()).containsExactly("MASTER_NOT_VALID n1");
    }

    @Test
    void aGuardMoreThanHalfSpentIsNearItsEnd() {
        says("n1", saying -> saying.guardMillis = 1_400);
        assertThat(found()).containsExactly("GUARD_NEAR_END n1");

        says("n1", saying -> saying.guardMillis = 1_600);
        assertThat(found()).isEmpty();
    }

    @Test
    void clocksMayDifferByLittle() {
        patient.clockOf("n2", Duration.ofMillis(1_900)).clockOf("n3", Duration.ofMillis(-1_900));
        assertThat(found()).isEmpty();

        patient.clockOf("n2", Duration.ofSeconds(9)).clockOf("n3", Duration.ofSeconds(-9));
        assertThat(found()).containsExactly("CLOCK_SKEW n2", "CLOCK_SKEW n3");
        assertThat(patient.findings().get(1).detail()).contains("9 s behind");
    }

    @Test
    void aNodeWhoseSessionExpiredIsToldApartByWhatIsAtItsAddress() {
        patient.records().crash("n2");
        assertThat(found()).containsExactly("NODE_DOWN n2");

        patient.found("n2", Sight.SILENT);
        assertThat(found()).containsExactly("FROZEN n2");

        says("n2", saying -> saying.connected = false);
        assertThat(found()).containsExactly("CUT_OFF_FROM_ZOOKEEPER n2");
    }

    @Test
    void withoutAMasterTheCandidatesAreNamed() {
        patient.records().crash("n1");

        assertThat(found()).containsExactly("NO_MASTER cluster", "NODE_DOWN n1");
        assertThat(patient.findings().get(0).detail()).contains("n2, n3 could be", "the last was n1 in epoch 1");
    }

    @Test
    void aMasterAloneHasNoStandby() {
        patient.records().evict("n2", "ann", "");
        patient.records().evict("n3", "ann", "");

        assertThat(found()).contains("NO_STANDBY cluster");
    }

    @Test
    void anEvictedNodeThatMayStillActIsNamed() {
        patient.records().evict("n2", "ann", "");
        assertThat(found()).isEmpty();

        says("n2", saying -> {
            saying.valid = true;
            saying.connected = false;
        });
        assertThat(found()).contains("TWO_MASTERS n2");
    }

    @Test
    void aServerThatDoesNotServeIsNamed() {
        patient.server(2, ServerSight.State.REFUSED);

        assertThat(found()).containsExactly("SERVER_DOWN zk2:2181");
    }

    @Test
    void riskySettingsOfTheEnsembleAreNamedAndNoFault() {
        patient.ensemble = new EnsembleSight(Optional.of(Duration.ofSeconds(30)), Optional.of(Duration.ofSeconds(60)),
                OptionalInt.of(4), List.of("/curia/curia/master"));
        patient.server(3, "3.8.1", Map.of("maxClientCnxns", "60"));

        assertThat(found()).containsExactly("ENSEMBLE_SIZE ensemble", "SERVERS_NOT_NAMED ensemble",
                "SESSION_BOUNDS ensemble", "OPEN_ACLS ensemble", "OLD_SERVER zk3:2181");
        assertThat(Diagnosis.isDegraded(patient.findings())).isFalse();
    }

    @Test
    void oneServerIsARiskAndShortSessionsToo() {
        patient.onlyServer();
        patient.ensemble = new EnsembleSight(Optional.of(Duration.ofSeconds(1)), Optional.of(Duration.ofSeconds(5)),
                OptionalInt.of(1), List.of());

        assertThat(found()).containsExactly("ENSEMBLE_SIZE ensemble", "SESSION_BOUNDS ensemble");
    }

    @Test
    void aLimitOnConnectionsIsARiskWhereNodesShareAHost() {
        Patient crowd = new Patient();
        crowd.server(1, "3.9.5", Map.of("maxClientCnxns", "0")).server(2, "3.9.5", Map.of("maxClientCnxns", "1"));

        assertThat(crowd.findings()).extracting(Finding::kind).containsExactly(Kind.CONNECTION_LIMIT);
    }

    @Test
    void serversThatMayNotBeAskedAreMentioned() {
        patient.server(2, ServerSight.State.MUTE).server(3, "3.10.0", Map.of());

        assertThat(found()).containsExactly("SERVERS_MUTE ensemble");
        assertThat(patient.findings().get(0).kind().severity()).isEqualTo(Severity.NOTE);
    }

    @Test
    void everyFindingSaysWhatToDo() {
        patient.found("n2", Sight.REFUSED).found("n3", Sight.SILENT).server(2, ServerSight.State.SILENT);

        assertThat(patient.findings()).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.advice()).isNotBlank();
            assertThat(finding.detail()).isNotBlank();
        });
    }
}
