package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.store.StoreException;
import io.curia.wire.NoAnswerException;
import io.curia.zookeeper.EnsembleSight;
import io.curia.zookeeper.ServerSight;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb: its table, its words, its exit codes, its bundle. */
class DoctorTest {

    private static final String SERVERS = "zk1:2181,zk2:2181,zk3:2181";
    private static final String PASSWORD = "correct-horse-battery";

    private final Desk desk = Desk.ofThree();

    @TempDir
    private Path scratch;

    @Test
    void aHealthyClusterIsZero() {
        assertThat(desk.run("doctor", "--zookeeper", SERVERS)).as(desk.said()).isZero();

        assertThat(desk.printed()).contains("NODE", "n1", "MASTER 1, valid 2600ms", "STANDBY 1", "zk2:2181", "ok")
                .doesNotContain("FROZEN");
        assertThat(desk.said()).contains("asking 3 ZooKeeper servers …", "asking 3 nodes …",
                "healthy, 0 faults, 0 risks");
    }

    @Test
    void aFaultIsNineIsNamedAndSaysWhatToDo() {
        desk.nodes.dumb("n2", NoAnswerException.Kind.TIMEOUT);

        assertThat(desk.run("doctor", "--zookeeper", SERVERS)).isEqualTo(9);

        assertThat(desk.printed()).containsPattern("n2 +STANDBY +accepts, says nothing +0 of 2 +FROZEN");
        assertThat(desk.said()).contains("DEGRADED, 1 fault", "FAULT n2 FROZEN: ",
                "  -> see what holds the process up");
    }

    @Test
    void whoTheOthersDoNotReachIsCutOffFromThemThoughItAnswersHere() {
        desk.nodes.isolated("n3");

        assertThat(desk.run("doctor", "--zookeeper", SERVERS)).isEqualTo(9);

        assertThat(desk.printed()).containsPattern("n3 +STANDBY +STANDBY 1 +0 of 2 +CUT_OFF_FROM_PEERS")
                .containsPattern("n2 +STANDBY +STANDBY 1 +1 of 2 +ok");
        assertThat(desk.said()).contains("3 nodes look at each other", "is not reached by n1 (UNREACHABLE), n2");
    }

    @Test
    void risksAloneAreNoReasonToExitWithNine() {
        desk.ensemble.sight = new EnsembleSight(Optional.of(Duration.ofSeconds(4)), Optional.of(Duration.ofSeconds(40)),
                OptionalInt.of(1), List.of("/curia/curia"));

        assertThat(desk.run("doctor", "--zookeeper", "zk1:2181")).isZero();

        assertThat(desk.said()).contains("RISK ensemble OPEN_ACLS", "RISK ensemble ENSEMBLE_SIZE", "healthy");
    }

    @Test
    void jsonHasBothWitnessesAndTheFindingsAndNoWords() {
        desk.nodes.unconnectable("n3", NoAnswerException.Kind.REFUSED);

        assertThat(desk.run("doctor", "--zookeeper", SERVERS, "-o", "json")).isEqualTo(9);

        assertThat(desk.printed()).contains("\"degraded\": true", "\"finding\": \"GHOST\"", "\"subject\": \"n3\"",
                "\"zookeeper\": {", "\"itself\": {", "\"sight\": \"REFUSED\"", "\"state\": \"LEADER\"", "\"advice\": ",
                "\"shortestSessionMillis\": 4000");
        assertThat(desk.said()).isEmpty();
    }

    @Test
    void nameIsWhoIsIll() {
        desk.nodes.unconnectable("n3", NoAnswerException.Kind.REFUSED);
        desk.ensemble.server(ScriptedEnsemble.server("zk2:2181", ServerSight.State.REFUSED));
        desk.run("doctor", "--zookeeper", SERVERS, "-o", "name");

        assertThat(desk.printed().lines()).containsExactlyInAnyOrder("n3", "zk2:2181");
    }

    @Test
    void withoutZooKeeperItIsNineAndNodesMayListEachOther() {
        desk.store.beforeRead(ScriptedStore.failing(StoreException.Kind.UNAVAILABLE));
        desk.ensemble.server(ScriptedEnsemble.server("zk1:2181", ServerSight.State.NOT_SERVING))
                .server(ScriptedEnsemble.server("zk2:2181", ServerSight.State.REFUSED))
                .server(ScriptedEnsemble.server("zk3:2181", ServerSight.State.REFUSED));

        assertThat(desk.run("doctor", "--zookeeper", SERVERS, "--via", "127.0.0.1:8002")).isEqualTo(9);

        assertThat(desk.said()).contains("ZooKeeper does not answer: DEGRADED", "NO_QUORUM",
                "zk1:2181 runs and does not serve", "asking 3 nodes");
        assertThat(desk.printed()).contains("n1", "not serving", "SERVER_DOWN");
    }

    @Test
    void withoutZooKeeperAndWithoutANodeTheServersAreStillTold() {
        desk.store.beforeRead(ScriptedStore.failing(StoreException.Kind.UNAVAILABLE));

        assertThat(desk.run("doctor", "--zookeeper", SERVERS, "--via", "127.0.0.1:9999")).isEqualTo(9);

        assertThat(desk.said()).contains("no node lists the others", "NO_QUORUM");
    }

    @Test
    void noClusterIsFiveAndNotPermittedFour() {
        desk.store.beforeRead(ScriptedStore.failing(StoreException.Kind.NOT_FOUND));
        Desk denied = Desk.ofThree();
        denied.store.beforeRead(ScriptedStore.failing(StoreException.Kind.DENIED));

        assertThat(desk.run("doctor")).isEqualTo(5);
        assertThat(denied.run("doctor")).isEqualTo(4);
    }

    @Test
    void theBundleHasEverythingAndNoSecret() throws IOException {
        Path auth = Files.writeString(scratch.resolve("auth"), "ann:" + PASSWORD + "\n");
        Path client = Files.writeString(scratch.resolve("client"),
                "zookeeper.ssl.keyStore.password=keystore-" + PASSWORD);
        Path join = Files.writeString(scratch.resolve("join"), "join-" + PASSWORD);
        Path bundle = scratch.resolve("report.zip");
        desk.environment.put("CURIA_JOIN_SECRET_FILE", join.toString());
        desk.cluster.evict("n3", "ann", "its password is " + PASSWORD + ", its join secret join-" + PASSWORD
                + ", the store's keystore-" + PASSWORD);

        assertThat(desk.run("doctor", "--zookeeper", SERVERS, "--auth-file", auth.toString(), "--zookeeper-config",
                client.toString(), "--bundle", bundle.toString())).as(desk.said()).isZero();

        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            assertThat(zip.stream().map(Object::toString)).contains("doctor.txt", "doctor.json", "members.json",
                    "master.json", "evictions.json", "servers/zk1_2181.txt", "environment.txt");
            for (var entry : zip.stream().toList()) {
                String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                assertThat(text).as(entry.getName()).isNotBlank().doesNotContain(PASSWORD).doesNotContain("horse");
            }
            assertThat(new String(zip.getInputStream(zip.getEntry("members.json")).readAllBytes(),
                    StandardCharsets.UTF_8)).contains("its password is (removed)");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bundle))).isEqualTo("rw-------");
    }

    @Test
    void aBundleReplacesNoFile() throws IOException {
        Path taken = Files.writeString(scratch.resolve("report.zip"), "precious");

        assertThat(desk.run("doctor", "--bundle", taken.toString())).isEqualTo(7);

        assertThat(Files.readString(taken)).isEqualTo("precious");
        assertThat(desk.opened).isEmpty();
    }

    @Test
    void aBundleThatCannotBeWrittenIsOne() {
        assertThat(desk.run("doctor", "--bundle", "/nonexistent/report.zip")).isEqualTo(1);

        assertThat(desk.said()).contains("/nonexistent/report.zip cannot be written");
    }
}
