package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.admin.story.Culprit;
import io.curia.model.ClusterView;
import io.curia.model.MasterRecord;
import io.curia.model.Member;
import io.curia.model.MemberView;
import io.curia.model.NodeId;
import io.curia.model.Tenure;
import io.curia.runtime.TestCluster;
import io.curia.zookeeper.TestProxy;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * The catalogue of faults: each is done to the master, a process of its own, and {@code why} must name it. The everyday
 * run does four of them once; {@code -Dwhy.rounds=N} does all of them N times.
 */
class WhyCatalogueIT {

    /** A JVM's start, a session's end, a join, an election, on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CLASS_PATH =
            System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));

    /** What is done to a master, and what is to be said of it afterwards. */
    private enum Fault {
        KILL(Culprit.KILLED), EVICT(Culprit.EVICTED), FREEZE(Culprit.FROZEN), THAW(Culprit.FROZEN), TERM(Culprit.LEFT),
        CUT(Culprit.CUT_OFF), REMOVE_PLACE(Culprit.PLACE_REMOVED), REMOVE_REGISTRATION(Culprit.REGISTRATION_REMOVED),
        END_SESSION(Culprit.SESSION_ENDED), KILL_UNWATCHED(Culprit.VANISHED);

        private final Culprit culprit;

        Fault(Culprit culprit) {
            this.culprit = culprit;
        }
    }

    private final TestCluster cluster = TestCluster.start();
    private final Map<String, Process> processes = new HashMap<>();
    private final Map<String, TestProxy> proxies = new HashMap<>();
    private int started;

    @TempDir
    private Path scratch;

    @AfterEach
    void endEverything() throws IOException {
        processes.values().forEach(Process::destroyForcibly);
        proxies.values().forEach(TestProxy::close);
        cluster.close();
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theCommonFaultsAreNamed() throws Exception {
        startNodes(4, "fast");

        for (Fault fault : List.of(Fault.KILL, Fault.EVICT, Fault.THAW, Fault.TERM)) {
            JsonNode said = whyAfter(fault);

            assertThat(said.get("culprit").asText()).as(said.toPrettyString()).isEqualTo(fault.culprit.name());
        }
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.HOURS)
    @EnabledIfSystemProperty(named = "why.rounds", matches = "\\d+")
    void nearlyEveryFaultOfTheCatalogueIsNamed() throws Exception {
        int rounds = Integer.getInteger("why.rounds");
        Map<Fault, Integer> named = new EnumMap<>(Fault.class);
        List<String> wrong = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            for (Fault fault : Fault.values()) {
                startNodes(3, fault == Fault.KILL_UNWATCHED ? "session" : "fast");
                JsonNode said = whyAfter(fault);
                boolean right = said.get("culprit").asText().equals(fault.culprit.name());
                named.merge(fault, right ? 1 : 0, Integer::sum);
                if (!right) {
                    wrong.add(fault + ": " + said.toPrettyString());
                }
                endNodes();
            }
            System.out.println("why named, of " + (round + 1) + " each: " + named + ", wrong " + wrong);
        }
        int right = named.values().stream().mapToInt(Integer::intValue).sum();

        assertThat(right).as(String.join("\n", wrong)).isGreaterThanOrEqualTo(
                (int) Math.ceil(0.95 * rounds * Fault.values().length));
    }

    private void startNodes(int count, String failover) throws IOException {
        for (int i = 0; i < count; i++) {
            startNode("n" + ++started, failover);
        }
        awaitView(view -> view.live().size() == count && view.currentMaster().isPresent());
        // Whoever is to be watched must be known first.
        awaitWatched(count);
    }

    private void startNode(String id, String failover) throws IOException {
        TestProxy proxy = TestProxy.before(cluster.connectString());
        proxies.put(id, proxy);
        ProcessBuilder builder = new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"), "-Xmx64m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-cp", CLASS_PATH, "io.curia.process.NodeMain", "--id", id, "--port", "0",
                "--session-timeout", "4s", "--failover", failover, "--data-dir", scratch.resolve(id).toString(),
                "--zookeeper", proxy.connectString(), "--cluster", cluster.name());
        builder.environment().keySet().removeIf(name -> name.startsWith("CURIA_"));
        processes.put(id, builder.redirectErrorStream(true).redirectOutput(scratch.resolve(id + ".log").toFile())
                .redirectInput(Path.of("/dev/null").toFile()).start());
    }

    private void awaitWatched(int count) {
        view().live().forEach(member -> Awaitility.await().atMost(PATIENCE).until(() ->
                Members.seenBy(member.live().orElseThrow().address()) == count));
    }

    private void endNodes() throws InterruptedException {
        for (Process process : processes.values()) {
            process.destroyForcibly().waitFor();
        }
        processes.clear();
        proxies.values().forEach(TestProxy::close);
        proxies.clear();
        awaitView(view -> view.live().isEmpty());
    }

    /** Does this to the master, waits for the next, and returns what {@code why} says. */
    private JsonNode whyAfter(Fault fault) throws Exception {
        Member master = view().currentMaster().flatMap(MemberView::live).orElseThrow();
        MasterRecord record = cluster.withStore(store -> store.master());
        inject(fault, master, record.tenure().orElseThrow());
        awaitView(view -> view.master().epoch().isAfter(record.epoch()) && view.currentMaster().isPresent());
        if (fault == Fault.THAW) {
            signal(master, "CONT");
            awaitView(view -> view.member(master.id()).flatMap(MemberView::live)
                    .filter(again -> !again.incarnation().equals(master.incarnation())).isPresent());
        }
        return why();
    }

    private void inject(Fault fault, Member master, Tenure tenure) throws Exception {
        switch (fault) {
            case KILL, KILL_UNWATCHED -> signal(master, "KILL");
            case EVICT -> cluster.evict(master.id(), Optional.empty());
            case FREEZE, THAW -> signal(master, "STOP");
            case TERM -> signal(master, "TERM");
            case CUT -> proxies.get(master.id().value()).cutOff();
            case REMOVE_PLACE -> cluster.deleteByHand(tenure.latchPath());
            case REMOVE_REGISTRATION -> cluster.deleteByHand("/curia/" + cluster.name() + "/live/" + master.id());
            case END_SESSION -> cluster.expireSessionOf(NodeId.of(master.id().value()));
        }
    }

    private static void signal(Member member, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(member.pid())).start().waitFor()).isZero();
    }

    private JsonNode why() throws IOException {
        PaperTerminal terminal = new PaperTerminal();
        StoreOpener opener = (settings, verbose) -> {
            ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings);
            return new OpenStore(connection.store(), connection::close);
        };
        int code = Verbs.run(new Surroundings(terminal, opener, new SystemTime(), Map.of()), "why", "-o", "json",
                "--zookeeper", cluster.connectString(), "--cluster", cluster.name());
        assertThat(code).as(terminal.said()).isZero();
        return new ObjectMapper().readTree(terminal.printed());
    }

    private ClusterView view() {
        return cluster.withStore(store -> store.view());
    }

    private void awaitView(Predicate<ClusterView> wanted) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> wanted.test(view()));
    }
}
