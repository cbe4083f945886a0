package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a command can end without success, its exit code and its one line. */
class ExitCodeTest {

    private static final String[] VERBS = {"members", "master", "evictions", "init", "evict n1 --yes", "readmit n1",
        "can-stop n1", "forget n1 --yes", "drain n1 --yes", "undrain n1",
        "switchover --yes", "switchover --cancel", "step-down --yes", "pause --for 1m", "resume"};

    @Test
    void anUnreachableZooKeeperIsThreeAndNamesWhatWasTried() {
        for (String verb : VERBS) {
            Desk desk = new Desk().cannotOpen(StoreException.Kind.UNAVAILABLE, "no connection within 5000 ms");

            assertThat(desk.run((verb + " --zookeeper zk9:2181").split(" "))).as(verb).isEqualTo(3);

            assertThat(desk.said()).hasLineCount(1)
                    .contains("zk9:2181", "no connection within 5000 ms", "CURIA_ZOOKEEPER", "node zookeeper");
            assertThat(desk.printed()).isEmpty();
        }
    }

    @Test
    void theServersAreNamedOnce() {
        Desk desk = new Desk().cannotOpen(StoreException.Kind.UNAVAILABLE, "no connection to ZooKeeper at zk9:2181");
        desk.run("members", "--zookeeper", "zk9:2181");

        assertThat(desk.said()).containsOnlyOnce("zk9:2181");
    }

    @ParameterizedTest
    @CsvSource({"DENIED,4,--auth-file", "NOT_FOUND,5,admin-cli init", "CONFLICT,7,try again", "FENCED,7,try again",
        "UNKNOWN_RESULT,8,may or may not", "CORRUPT,1,newer version", "UNAVAILABLE,3,CURIA_ZOOKEEPER"})
    void everyFailureOfTheStoreHasItsCodeAndItsAdvice(StoreException.Kind kind, int code, String advice) {
        for (String verb : VERBS) {
            Desk desk = Desk.ofThree();
            desk.store.beforeRead(ScriptedStore.failing(kind));

            assertThat(desk.run(verb.split(" "))).as(verb).isEqualTo(code);

            assertThat(desk.said()).as(verb).hasLineCount(1).contains(advice).doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"members", "evict n1 --yes", "readmit n1"})
    void theStoreIsClosedHoweverItEnds(String line) {
        Desk desk = Desk.ofThree();
        desk.store.beforeRead(ScriptedStore.failing(StoreException.Kind.DENIED));
        desk.run(line.split(" "));

        assertThat(desk.store.isClosed()).isTrue();
        assertThat(desk.connected).isFalse();
    }

    @Test
    void aDeniedWriteIsFour() {
        Desk desk = Desk.ofThree();
        desk.store.beforeWrite(ScriptedStore.failing(StoreException.Kind.DENIED));

        assertThat(desk.run("evict", "n3", "--yes")).isEqualTo(4);
    }

    @Test
    void noMasterIsSixAndPrintsNothing() {
        Desk desk = new Desk();
        desk.store.showing(SampleCluster.withoutMaster());

        assertThat(desk.run("master", "-o", "json")).isEqualTo(6);

        assertThat(desk.printed()).isEmpty();
        assertThat(desk.said()).hasLineCount(1).contains("no master now; the last was n1, epoch 7");
    }

    @Test
    void anEmptyClusterHasNoMaster() {
        Desk desk = new Desk();

        assertThat(desk.run("master")).isEqualTo(6);

        assertThat(desk.said()).contains("there never was one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "members --nonsense", "members extra", "members -o xml", "evict",
        "evict n/1", "evict n1 --ban soon", "evict n1 --ban 0s", "evict n1 --if-epoch x", "drain", "drain n/1",
        "undrain", "evict n1 --timeout never",
        "members --watch=1ms", "members --cluster a/b", "members --root curia", "members --zookeeper=", "completion",
        "completion fish", "can-stop", "can-stop n1 --leave x", "can-stop n1 --leave -1", "forget",
        "doctor extra", "doctor --ask-timeout soon", "doctor --via nonsense"})
    void wrongUsageIsTwoAndPointsToTheHelp(String line) {
        Desk desk = Desk.ofThree();

        assertThat(desk.run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(2);

        assertThat(desk.said()).contains("--help");
        assertThat(desk.printed()).isEmpty();
        assertThat(desk.opened).isEmpty();
    }

    @Test
    void aReasonTooLongForARecordIsWrongUsage() {
        Desk desk = Desk.ofThree();

        assertThat(desk.run("evict", "n3", "--yes", "--reason", "x".repeat(501))).isEqualTo(2);
        assertThat(desk.run("evict", "n3", "--yes", "--reason", "two\nlines")).isEqualTo(2);
    }

    @Test
    void anInterruptIsOneHundredAndThirty() {
        Desk desk = Desk.ofThree();
        desk.time.thenInterrupt();

        assertThat(desk.run("evict", "n1", "--yes")).isEqualTo(130);

        assertThat(Thread.interrupted()).as("the flag is restored").isTrue();
    }

    @Test
    void aCallOfTheStoreThatWasInterruptedIsNoTroubleOfZooKeepers() {
        Desk desk = Desk.ofThree();
        desk.store.beforeRead(() -> {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Kind.UNAVAILABLE, "interrupted");
        });

        assertThat(desk.run("members")).isEqualTo(130);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(desk.said()).isEmpty();
    }

    @Test
    void theUnexpectedIsOneWithoutAStackTraceUnlessAskedFor() {
        Desk desk = Desk.ofThree();
        desk.store.beforeRead(() -> {
            throw new IllegalStateException("a bug\nof two lines");
        });
        Desk verbose = Desk.ofThree();
        verbose.store.beforeRead(() -> {
            throw new IllegalStateException("a bug");
        });

        assertThat(desk.run("members")).isEqualTo(1);
        assertThat(verbose.run("members", "-v")).isEqualTo(1);

        assertThat(desk.said()).hasLineCount(1).contains("a bug of two lines", "--verbose");
        assertThat(verbose.said()).contains("\tat ");
    }
}
