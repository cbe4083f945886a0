package io.curia.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.curia.model.ClusterView;
import io.curia.model.Member;
import io.curia.model.MemberView;
import io.curia.runtime.TestCluster;
import io.curia.zookeeper.ZooKeeperConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Drills on three nodes that are processes of their own, with real signals. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "how to start a process again is read below /proc")
class DrillIT {

    /** A JVM's start, a session's end, a join, an election, on a machine that does much else. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CLASS_PATH =
            System.getProperty("surefire.real.class.path", System.getProperty("java.class.path"));

    private static final Pattern OUTPUT_FILE = Pattern.compile("started again goes to (\\S+)");

    private final TestCluster cluster = TestCluster.start();
    private final Set<Path> outputFiles = new HashSet<>();
    private final Set<Long> pids = new HashSet<>();

    @TempDir
    private Path scratch;

    @BeforeEach
    void startThreeNodes() throws IOException {
        for (String id : List.of("n1", "n2", "n3")) {
            Process node = javaProgram("io.curia.process.NodeMain", scratch.resolve(id + ".log"), "--id", id, "--port",
                    "0", "--session-timeout", "4s", "--data-dir", scratch.resolve(id).toString());
            pids.add(node.pid());
        }
        awaitView(view -> view.live().size() == 3 && view.currentMaster().isPresent());
    }

    /** By the numbers of processes that this test started, or that its drills started in their place. */
    @AfterEach
    void endEverything() throws IOException {
        rememberProcesses();
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        cluster.close();
        for (Path file : outputFiles) {
            Files.delete(file);
        }
    }

    @Test
    void aKilledMasterIsSucceededAndComesBackAsItWasStarted() throws IOException {
        Member before = master();
        PaperTerminal terminal = new PaperTerminal();

        int code = drill(terminal, "kill-master", "--rounds", "1", "--yes", "--timeout", "60s", "-o", "json");

        assertThat(code).as(terminal.said()).isZero();
        JsonNode round = new ObjectMapper().readTree(terminal.printed()).get("rounds").get(0);
        assertThat(round.get("master").asText()).isEqualTo(before.id().value());
        assertThat(round.get("newMaster").asText()).isNotEqualTo(before.id().value());
        assertThat(round.get("epochAfter").asLong()).isEqualTo(round.get("epochBefore").asLong() + 1);
        assertThat(round.get("removedMs").asDouble()).isPositive();
        assertThat(round.get("withoutMasterMs").asDouble()).isPositive()
                .isCloseTo(round.get("validMs").asDouble(), Offset.offset(50.0));
        assertThat(round.get("twoMastersMs").asDouble()).isZero();
        Member after = view().member(before.id()).flatMap(MemberView::live).orElseThrow();
        assertThat(after.incarnation()).isNotEqualTo(before.incarnation());
        assertThat(ProcessHandle.of(after.pid())).isPresent();
        assertThat(terminal.said()).contains("round 1 of 1: " + before.id() + " (epoch 1) killed");
    }

    @Test
    void aFrozenMasterIsSucceededAndNeverValidOnceItIsResumed() throws IOException {
        Member before = master();
        PaperTerminal terminal = new PaperTerminal();

        int code = drill(terminal, "freeze-master", "--rounds", "1", "--yes", "--timeout", "60s", "-o", "json");

        assertThat(code).as(terminal.said()).isZero();
        JsonNode round = new ObjectMapper().readTree(terminal.printed()).get("rounds").get(0);
        assertThat(round.get("newMaster").asText()).isNotEqualTo(before.id().value());
        assertThat(round.get("twoMastersMs").asDouble()).isZero();
        assertThat(round.get("rightedMs").asDouble()).isGreaterThanOrEqualTo(round.get("validMs").asDouble());
        assertThat(round.get("backMs").isNull()).isFalse();
        assertThat(view().member(before.id()).flatMap(MemberView::live).orElseThrow().pid()).isEqualTo(before.pid());
    }

    /** Left frozen, it would wake up to nobody's surprise but its operator's. */
    @Test
    void controlCResumesTheFrozenMasterAndExitsWithOneHundredAndThirty() throws Exception {
        Member before = master();
        Path said = scratch.resolve("drill.err");
        Process drill = javaProgram("io.curia.admin.AdminMain", said, "drill", "freeze-master", "--yes");
        Awaitility.await().atMost(PATIENCE).until(() -> isFrozen(before.pid()));

        assertThat(new ProcessBuilder("kill", "-INT", Long.toString(drill.pid())).start().waitFor()).isZero();

        assertThat(drill.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as(Files.readString(said)).isTrue();
        assertThat(drill.exitValue()).as(Files.readString(said)).isEqualTo(130);
        assertThat(isFrozen(before.pid())).isFalse();
        assertThat(Files.readString(said)).contains("NOT CONFIRMED: interrupted");
    }

    private static boolean isFrozen(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    }

    private int drill(PaperTerminal terminal, String... arguments) {
        List<String> line = new ArrayList<>(List.of("drill"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--zookeeper", cluster.connectString(), "--cluster", cluster.name()));
        StoreOpener opener = (settings, verbose) -> {
            ZooKeeperConnection connection = ZooKeeperConnection.forTool(settings);
            return new OpenStore(connection.store(), connection::close);
        };
        int code = Verbs.run(new Surroundings(terminal, opener, new SystemTime(), Map.of()),
                line.toArray(String[]::new));
        rememberProcesses();
        Matcher output = OUTPUT_FILE.matcher(terminal.said());
        while (output.find()) {
            outputFiles.add(Path.of(output.group(1)));
        }
        return code;
    }

    private void rememberProcesses() {
        view().live().forEach(member -> pids.add(member.live().orElseThrow().pid()));
    }

    private Member master() {
        awaitView(view -> view.currentMaster().isPresent());
        return view().currentMaster().flatMap(MemberView::live).orElseThrow();
    }

    private ClusterView view() {
        return cluster.withStore(store -> store.view());
    }

    private void awaitView(Predicate<ClusterView> wanted) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().until(() -> wanted.test(view()));
    }

    private Process javaProgram(String main, Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java"),
                "-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", CLASS_PATH, main));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--zookeeper", cluster.connectString(), "--cluster", cluster.name()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(output.toFile()).redirectInput(Path.of("/dev/null").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CURIA_"));
        return builder.start();
    }
}
