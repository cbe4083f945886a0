package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.zookeeper.server.EnsembleSettings;
import io.curia.zookeeper.server.LocalEnsemble;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.curator.test.TestingServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults really injected into real processes, and what the doctor makes of each: it names what was injected, and
 * accuses nobody else.
 *
 * <p>{@code mvn verify} goes through the catalogue once. {@code -Dcatalogue.rounds=N} goes through it N times over an
 * ensemble of three servers, with every node in every part, and counts: at least 95 of 100 must be named.
 */
class FaultCatalogueIT {

    private static final String ROUNDS = "catalogue.rounds";
    private static final double LEAST_NAMED = 0.95;

    @TempDir
    private Path scratch;

    @Test
    void everyFaultIsNamedAndNobodyElseAccused() throws Exception {
        try (TestingServer zooKeeper = new TestingServer();
                FaultStage stage = new FaultStage(zooKeeper.getConnectString(), scratch)) {
            startThree(stage);
            stage.awaitFaults();

            stage.signal("n3", "STOP");
            stage.awaitFaults("FROZEN n3");
            stage.signal("n3", "CONT");

            stage.proxy("n2").cut();
            stage.awaitFaults("CUT_OFF_FROM_ZOOKEEPER n2");
            stage.proxy("n2").heal();

            stage.signal("n3", "KILL");
            stage.awaitFaults("GHOST n3");
            try (ServerSocket foreign = foreignProcess(stage.port("n3"))) {
                assertThat(foreign.isBound()).isTrue();
                stage.awaitFaults("FOREIGN_PROCESS n3");
            }
            stage.start("n3", "elsewhere");
            stage.awaitFaults("DUPLICATE_ID n3");
            stage.signal("n3", "KILL");

            zooKeeper.stop();
            assertThat(stage.faults()).containsExactlyInAnyOrder("NO_QUORUM ensemble",
                    "SERVER_DOWN " + zooKeeper.getConnectString());
        }
    }

    private void startThree(FaultStage stage) {
        List.of("n1", "n2", "n3").forEach(id -> stage.start(id, id));
        stage.awaitReady(3);
    }

    /** Listens where the node did, and answers whatever it hears with what is no answer. */
    private static ServerSocket foreignProcess(int port) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        Thread answering = new Thread(() -> {
            while (!listener.isClosed()) {
                try (Socket asker = listener.accept()) {
                    asker.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                    asker.getInputStream().read();
                } catch (IOException e) {
                    // The asker hung up, or the test is over.
                    Thread.onSpinWait();
                }
            }
        }, "foreign-process");
        answering.setDaemon(true);
        answering.start();
        return listener;
    }

    /** One fault: how it is done, what must be named and nothing else, and how it is undone. */
    private record Entry(List<String> named, Runnable inject, Runnable heal) {

        Entry(String named, Runnable inject, Runnable heal) {
            this(List.of(named), inject, heal);
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    @EnabledIfSystemProperty(named = ROUNDS, matches = "[1-9]\\d*", disabledReason = "minutes for every round")
    void overAndOverAlmostEveryFaultIsNamed() throws Exception {
        EnsembleSettings settings = new EnsembleSettings(scratch.resolve("zookeeper"), 3, 0,
                EnsembleSettings.DEFAULT_MIN_SESSION_TIMEOUT, EnsembleSettings.SMALL_JVM, false);
        Map<String, Integer> injected = new TreeMap<>();
        List<String> unnamed = new ArrayList<>();
        try (LocalEnsemble ensemble = LocalEnsemble.start(settings)) {
            ensemble.awaitServing(FaultStage.PATIENCE);
            try (FaultStage stage = new FaultStage(ensemble.connectString(), scratch)) {
                startThree(stage);
                for (int round = 0; round < Integer.getInteger(ROUNDS); round++) {
                    for (Entry entry : catalogue(stage, ensemble, round)) {
                        stage.awaitFaults();
                        entry.inject().run();
                        injected.merge(entry.named().get(0).split(" ")[0], 1, Integer::sum);
                        whatElseIsNamed(stage, entry).ifPresent(unnamed::add);
                        entry.heal().run();
                    }
                    System.out.println("doctor, of " + injected + " not named: " + unnamed);
                }
            }
        }
        int all = injected.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(1 - unnamed.size() / (double) all).as("of %s: %s not named", injected, unnamed)
                .isGreaterThanOrEqualTo(LEAST_NAMED);
    }

    /** Counted, not fatal: what is asked for is a share of all. */
    private static Optional<String> whatElseIsNamed(FaultStage stage, Entry entry) {
        try {
            stage.awaitFaults(entry.named().toArray(String[]::new));
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(entry.named() + ": " + e.getMessage());
        }
    }

    /** Every fault that heals without a session having to expire, in every node, and in one server after another. */
    private List<Entry> catalogue(FaultStage stage, LocalEnsemble ensemble, int round) {
        List<Entry> entries = new ArrayList<>();
        for (String id : List.of("n1", "n2", "n3")) {
            entries.add(new Entry("FROZEN " + id, () -> stage.signal(id, "STOP"), () -> stage.signal(id, "CONT")));
            entries.add(new Entry("CUT_OFF_FROM_ZOOKEEPER " + id, () -> stage.proxy(id).cut(),
                    () -> stage.proxy(id).heal()));
            if (!id.equals(stage.master())) {
                entries.addAll(deaths(stage, id));
            }
        }
        int server = round % 2 + 2; // The nodes' proxies lead to the first.
        List<String> addresses = List.of(ensemble.connectString().split(","));
        entries.add(new Entry("SERVER_DOWN " + addresses.get(server - 1), () -> server(() -> ensemble.kill(server)),
                () -> server(() -> ensemble.restart(server))));
        entries.add(new Entry(List.of("NO_QUORUM ensemble", "SERVER_DOWN " + addresses.get(1),
                "SERVER_DOWN " + addresses.get(2)), () -> server(() -> {
                    ensemble.kill(2);
                    ensemble.kill(3);
                }), () -> server(() -> {
                    ensemble.restart(2);
                    ensemble.restart(3);
                })));
        return entries;
    }

    /** A node's process dies; something else takes its port; another run takes its id. */
    private List<Entry> deaths(FaultStage stage, String id) {
        AtomicReference<ServerSocket> foreign = new AtomicReference<>();
        return List.of(
                new Entry("GHOST " + id, () -> stage.signal(id, "KILL"), () -> stage.start(id, id)),
                new Entry("FOREIGN_PROCESS " + id, () -> server(() -> {
                    stage.signal(id, "KILL");
                    foreign.set(foreignProcess(stage.port(id)));
                }), () -> server(() -> {
                    foreign.get().close();
                    stage.start(id, id);
                })),
                new Entry("DUPLICATE_ID " + id, () -> {
                    stage.signal(id, "KILL");
                    stage.start(id, "elsewhere-" + id);
                }, () -> {
                    stage.signal(id, "KILL");
                    stage.start(id, id);
                }));
    }

    private interface Attempt {
        void run() throws IOException, InterruptedException;
    }

    private static void server(Attempt act) {
        try {
            act.run();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
