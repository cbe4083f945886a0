package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.cli.ExitCode;
import io.curia.model.NodeId;
import io.curia.runtime.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code node run} and the hooks as somebody at a command line meets them: one node, a real server, real commands. */
class RunCommandIT {

    @TempDir
    private Path scratch;

    private TestCluster cluster;

    @BeforeEach
    void startZooKeeper() {
        cluster = TestCluster.start();
    }

    @AfterEach
    void stopZooKeeper() throws IOException {
        cluster.close();
    }

    private Map<String, String> variables() {
        return Map.of("CURIA_ZOOKEEPER", cluster.connectString(), "CURIA_CLUSTER", cluster.name(), "CURIA_ID", "n1",
                "CURIA_PORT", "0", "CURIA_SESSION_TIMEOUT", "4s", "CURIA_DATA_DIR", scratch.resolve("n1").toString(),
                "CURIA_TAG", "secret=hunter2");
    }

    private Ran run(String... words) throws IOException, InterruptedException {
        return Ran.command(scratch, variables(), NodeProgram.command(List.of(), "run", words));
    }

    /** Starts it in the background; what it says on either stream goes to a file. */
    private Process begin(Path said, String... words) throws IOException {
        return builder(said, words).start();
    }

    private ProcessBuilder builder(Path said, String... words) {
        ProcessBuilder builder = new ProcessBuilder(NodeProgram.command(List.of(), "run", words))
                .redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CURIA_"));
        builder.environment().putAll(variables());
        return builder;
    }

    @Test
    void whatCannotBeRunIsSaidBeforeAnythingIsJoined() throws Exception {
        Ran missing = run("--while-master", "--", "no-such-program");
        assertThat(missing.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(missing.err()).contains("no-such-program: command not found").doesNotContain("ready");

        assertThat(run("--while-master").err()).contains("nothing to run");

        Ran patient = run("--grace", "1h", "--", "true");
        assertThat(patient.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(patient.err()).contains("--session-timeout 8728s would do");
    }

    @Test
    void withOnExitTheNodeEndsAsItsCommandDoes() throws Exception {
        Ran ran = run("--on-exit", "exit", "--command-output", "prefix", "--", "sh", "-c",
                "cat; echo \"$CURIA_ID $CURIA_EPOCH $CURIA_CLUSTER\"; env >&2; exit 42");

        assertThat(ran.code()).as(ran.err()).isEqualTo(42);
        assertThat(ran.out()).isEqualTo("n1/1| n1 1 " + cluster.name() + "\n");
        assertThat(ran.err()).contains("run started epoch=1", "run ended epoch=1 code=42",
                "n1/1| CURIA_ZOOKEEPER=" + cluster.connectString()).doesNotContain("n1/1| CURIA_TAG", "hunter2");
    }

    @Test
    void aSignalThatKillsItIsToldAsShellsTellIt() throws Exception {
        assertThat(run("--on-exit", "exit", "--", "sh", "-c", "kill -9 $$").code()).isEqualTo(128 + 9);
    }

    @Test
    void aNodeThatIsToldToEndEndsItsCommandFirst() throws Exception {
        Path log = scratch.resolve("log");
        Process node = begin(scratch.resolve("said"), "--", "sh", "-c",
                "trap 'echo term >>" + log + "; exit 3' TERM; echo start >>" + log + "; while :; do sleep 0.1; done");
        try {
            Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> Files.exists(log));
            node.destroy();
            assertThat(node.waitFor(RunningNode.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).isEqualTo(ExitCode.OK.code());
            assertThat(Files.readAllLines(log)).containsExactly("start", "term");
        } finally {
            node.destroyForcibly();
        }
    }

    @Test
    void aCommandThatEndsIsStartedAgain() throws Exception {
        Path log = scratch.resolve("log");
        Ran ran = run("--", "sh", "-c", endingItsNodeInItsSecondRun(log));

        assertThat(ran.err()).contains("run: starts again in 500 ms");
        assertThat(Files.readAllLines(log)).containsExactly("1", "1");
    }

    @Test
    void aNodeThatReleasesIsMasterAgainUnderTheNextEpochIfThereIsNobodyElse() throws Exception {
        Path log = scratch.resolve("log");
        Ran ran = run("--on-exit", "release", "--", "sh", "-c", endingItsNodeInItsSecondRun(log));

        assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK.code());
        assertThat(Files.readAllLines(log)).containsExactly("1", "2");
    }

    /** A command that notes its epoch. The node is the parent of its keeper, which is that of the command. */
    private static String endingItsNodeInItsSecondRun(Path log) {
        return "echo $CURIA_EPOCH >>" + log + "; if [ $(wc -l <" + log + ") = 2 ]; then "
                + "kill $(ps -o ppid= -p $(ps -o ppid= -p $$)); fi; sleep 0.1";
    }

    @Test
    void aSignalToTheNodeReachesItsCommandIfItIsMeantForItAndElseTheNode() throws Exception {
        Path log = scratch.resolve("log");
        Path said = scratch.resolve("said");
        Process node = begin(said, "--forward", "SIGUSR2,winch", "--", "sh", "-c", "for signal in USR2 WINCH; do "
                + "trap \"echo $signal >>" + log + "\" $signal; done; echo start >>" + log
                + "; while :; do sleep 0.1; done");
        try {
            for (String signal : List.of("start", "USR2", "WINCH")) {
                send(signal, node.pid());
                Awaitility.await(signal).atMost(RunningNode.PATIENCE)
                        .until(() -> Files.exists(log) && Files.readAllLines(log).contains(signal));
            }
            // Not HUP: whoever runs this without a terminal may have it ignored, and Java leaves that as it finds it.
            send("TERM", node.pid());
            assertThat(node.waitFor(RunningNode.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).as(Files.readString(said)).isEqualTo(ExitCode.OK.code());
            assertThat(Files.readAllLines(log)).containsExactly("start", "USR2", "WINCH");
        } finally {
            node.destroyForcibly();
        }
    }

    private void send(String signal, long pid) throws IOException, InterruptedException {
        if (!signal.equals("start")) {
            Ran.command(scratch, Map.of(), List.of("kill", "-s", signal, Long.toString(pid)));
        }
    }

    @Test
    void eachRunReadsOnWhereTheLastOneStoppedIfItIsGivenWhatTheNodeReads() throws Exception {
        Path input = Files.writeString(scratch.resolve("input"), "first\nsecond\n");
        Path log = scratch.resolve("log");
        Path said = scratch.resolve("said");
        ProcessBuilder builder = builder(said, "--stdin", "--", "sh", "-c", "read line; echo \"$line\" >>" + log
                + "; [ \"$line\" = first ] || kill $(ps -o ppid= -p $(ps -o ppid= -p $$)); sleep 0.1");
        Process node = builder.redirectInput(input.toFile()).start();
        try {
            assertThat(node.waitFor(RunningNode.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readAllLines(log)).as(Files.readString(said)).containsExactly("first", "second");
        } finally {
            node.destroyForcibly();
        }
    }

    @Test
    void whatIsLeftWhenNodeAndKeeperAreKilledInOneMomentIsEnded() throws Exception {
        Path pids = scratch.resolve("pids");
        Process node = begin(scratch.resolve("said"), "--", "sh", "-c", "echo $$ >>" + pids
                + "; more='echo $$ >>" + pids + "; exec sleep 3600'; (setsid sh -c \"$more\" &); "
                + "sh -c \"$more\" & wait");
        Awaitility.await().atMost(RunningNode.PATIENCE)
                .until(() -> Files.exists(pids) && Files.readAllLines(pids).size() == 3);
        ProcessHandle keeper = ProcessHandle.of(Long.parseLong(Files.readAllLines(pids).get(0))).orElseThrow()
                .parent().orElseThrow();
        keeper.destroyForcibly();
        node.destroyForcibly();

        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> Files.readAllLines(pids).stream()
                .map(Long::parseLong).noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
        Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> !keeper.isAlive());
    }

    @Test
    void anEvictedNodeEndsItsCommandAndRunsTheHookThatIsMeantForIt() throws Exception {
        Path log = scratch.resolve("log");
        Path said = scratch.resolve("said");
        Process node = begin(said, "--on-evicted", script("evicted", log), "--", "sleep", "3600");
        try {
            Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> Files.readString(said).contains("run started"));
            cluster.evict(NodeId.of("n1"), Optional.empty());
            assertThat(node.waitFor(RunningNode.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).as(Files.readString(said)).isEqualTo(ExitCode.EVICTED.code());
            assertThat(Files.readString(said)).contains("run ended epoch=1");
            assertThat(Files.readAllLines(log)).singleElement().asString().startsWith("evicted ")
                    .contains("\"reason\":");
        } finally {
            node.destroyForcibly();
        }
    }

    @Test
    void hooksAreToldInOrderAndOncePerEpoch() throws Exception {
        Path log = scratch.resolve("hooks");
        List<String> words = new ArrayList<>(List.of("--on-exit", "exit", "--pre-master", script("pre", log),
                "--on-master", script("master", log), "--on-change", script("change", log), "--on-standby",
                script("standby", log), "--", "sleep", "1"));

        Ran ran = run(words.toArray(String[]::new));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Files.readAllLines(log)).satisfiesExactlyInAnyOrder(
                line -> assertThat(line).startsWith("standby 0 {\"event\":\"standby\""),
                line -> assertThat(line).startsWith("pre-master 1 {\"event\":\"pre-master\"")
                        .contains("\"cause\":\"FIRST\""),
                line -> assertThat(line).startsWith("master 1 {\"event\":\"master\"").contains("\"master\":\"n1\""),
                line -> assertThat(line).startsWith("change 1 {\"event\":\"change\""));
    }

    private String script(String name, Path log) throws IOException {
        Path file = scratch.resolve(name + ".sh");
        Files.writeString(file, "read json\necho \"$CURIA_EVENT $CURIA_EPOCH $json\" >>" + log + "\n");
        return "sh " + file;
    }

    @Test
    void aPreMasterHookThatFailsForbidsThePromotion() throws Exception {
        Path forbid = Files.createFile(scratch.resolve("forbid"));
        Path said = scratch.resolve("said");
        Process node = begin(said, "--on-exit", "exit", "--pre-master",
                "sh -c 'echo not me; test ! -e " + forbid + "'", "--", "true");
        try {
            Awaitility.await().atMost(RunningNode.PATIENCE).until(() -> Files.readString(said)
                    .contains("aside id=n1: no candidate: not promoted: the pre-master hook forbids it"));
            assertThat(Files.readString(said)).contains("exit code 1: not me").doesNotContain("run started");

            Files.delete(forbid);
            assertThat(node.waitFor(RunningNode.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(node.exitValue()).as(Files.readString(said)).isZero();
            assertThat(Files.readString(said)).contains("run started epoch=1");
        } finally {
            node.destroyForcibly();
        }
    }
}
