package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code node --check-config}: every problem at once, each with what to do, and no node started. */
class ConfigCheckTest {

    @TempDir
    private Path scratch;

    private Answer check(Map<String, String> environment, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "--check-config";
        all[1] = "--data-dir";
        all[2] = scratch.resolve("data").toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        Answer answer = Answer.of(environment, all);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isEqualTo(answer.errors().isEmpty() ? ExitCode.OK.code() : ExitCode.USAGE.code());
        return answer;
    }

    @Test
    void whatIsInOrderPassesAndLeavesNothingBehind() throws IOException {
        Answer answer = check(Map.of(), "--id", "n1", "--port", "0");

        assertThat(answer.out()).isEqualToNormalizingNewlines("the configuration is usable\n");
        try (var files = Files.list(scratch)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void everyErrorIsListedWithItsSource() throws IOException {
        Path missing = scratch.resolve("missing");
        Path file = Files.writeString(scratch.resolve("node.conf"), "--session-timeout=soon\n--priority=0\n");

        Answer answer = check(Map.of("CURIA_CLUSTER", "no such name!", "CURIA_FAILOVER", "slow"),
                "@" + file, "--port", "70000", "--auth-file", missing.toString(), "--tag", "novalue",
                "--no-such-option", "--id", "n 1");

        assertThat(answer.errors()).hasSize(9)
                .anySatisfy(line -> assertThat(line).contains("--session-timeout (@" + file + ")", "not a duration"))
                .anySatisfy(line -> assertThat(line).contains("--priority (@" + file + ")"))
                .anySatisfy(line -> assertThat(line).contains("--cluster (environment CURIA_CLUSTER)"))
                .anySatisfy(line -> assertThat(line).contains("--failover (environment CURIA_FAILOVER)", "fast"))
                .anySatisfy(line -> assertThat(line).contains("--port (command line)", "0-65535"))
                .anySatisfy(line -> assertThat(line).contains("--auth-file (command line)", "cannot be read"))
                .anySatisfy(line -> assertThat(line).contains("--tag (command line)", "novalue"))
                .anySatisfy(line -> assertThat(line).contains("--id (command line)", "node id"))
                .anySatisfy(line -> assertThat(line).contains("--no-such-option"));
        assertThat(answer.out()).endsWith("the configuration is not usable: 9 errors" + System.lineSeparator());
    }

    @Test
    void anIdThatIsWrongIsTheOnlyThingWrong() {
        assertThat(check(Map.of(), "--port", "0", "--id", "n 1").errors()).singleElement().asString()
                .contains("--id (command line)");
    }

    @Test
    void aFreePortNeedsAName() {
        assertThat(check(Map.of(), "--port", "0").errors()).singleElement().asString()
                .contains("--port (command line)", "needs an --id");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(check(Map.of(), "--id", "n1", "--port", "0", "@/nowhere/node.conf").errors()).singleElement()
                .asString().contains("@/nowhere/node.conf", "no such file");
    }

    @Test
    void aPortThatIsTakenBySomebodyElseIsAnError() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Answer answer = check(Map.of(), "--id", "n1", "--port", Integer.toString(other.getLocalPort()));

            assertThat(answer.errors()).singleElement().asString().contains("in use");
        }
    }

    @Test
    void addressesThatNobodyKnowsAreWarnedOf() {
        Answer answer = check(Map.of(), "--id", "n1", "--port", "0", "--advertise", "no-such-host.invalid:8001",
                "--join", "no-such-peer.invalid:8001", "--zookeeper", "no-such-server.invalid:2181");

        assertThat(answer.errors()).isEmpty();
        assertThat(answer.warnings()).hasSize(3)
                .anySatisfy(line -> assertThat(line).contains("--advertise", "no-such-host.invalid"))
                .anySatisfy(line -> assertThat(line).contains("--join", "no-such-peer.invalid"))
                .anySatisfy(line -> assertThat(line).contains("--zookeeper", "no-such-server.invalid"));
    }

    @Test
    void timesThatDoNotGoTogetherAreWarnedOf() {
        Answer answer = check(Map.of(), "--id", "n1", "--port", "0", "--session-timeout", "900ms",
                "--zookeeper", "127.0.0.1:2181,127.0.0.2:2181,127.0.0.3:2181",
                "--health-command", "/bin/true", "--health-timeout", "9s", "--health-fall", "3");

        assertThat(answer.errors()).isEmpty();
        assertThat(answer.warnings()).hasSize(4)
                .anySatisfy(line -> assertThat(line).contains("each of 3 ZooKeeper servers 300ms", "1500ms"))
                .anySatisfy(line -> assertThat(line).contains("a pause of that length"))
                .anySatisfy(line -> assertThat(line).contains("--health-timeout 9s", "--health-interval 2s"))
                .anySatisfy(line -> assertThat(line).contains("unfit master"));
    }

    @Test
    void filesAndProgramsThatCannotServeAreFound() throws IOException {
        Path secret = Files.writeString(scratch.resolve("secret"), "a-secret-that-all-may-read");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));

        Answer answer = check(Map.of("PATH", "/usr/bin:/bin"), "--id", "n1", "--port", "0",
                "--join-secret-file", secret.toString(), "--health-command", "no-such-program --really",
                "--data-dir", secret + "/below");

        assertThat(answer.errors()).hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("no-such-program: command not found"))
                .anySatisfy(line -> assertThat(line).contains("data directory", secret.toString(), "no directory"));
        assertThat(answer.warnings()).singleElement().asString().contains("chmod 600").doesNotContain("all-may-read");
    }

    @Test
    void aVariableThatIsMisspelledIsNoticed() {
        Answer answer = check(Map.of("CURIA_SESION_TIMEOUT", "4s", "CURIA_OUTPUT", "json"), "--id", "n1",
                "--port", "0");

        assertThat(answer.warnings()).singleElement().asString()
                .contains("CURIA_SESION_TIMEOUT", "is CURIA_SESSION_TIMEOUT meant?");
    }

    /** What Kubernetes puts into every container beside a Service that is called curia. */
    @Test
    void aServiceLinkIsToldApartFromAPort() {
        Answer answer = check(Map.of("CURIA_PORT", "tcp://10.0.0.7:8001"), "--id", "n1");

        assertThat(answer.errors()).anySatisfy(line -> assertThat(line)
                .contains("--port (environment CURIA_PORT)", "enableServiceLinks: false"));
    }

    @Test
    void onlineAServerThatIsNotThereIsAnError() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }

        Answer answer = Answer.of(Map.of(), "--check-config=online", "--id", "n1", "--port", "0",
                "--data-dir", scratch.toString(), "--zookeeper", "127.0.0.1:" + nobody);

        assertThat(answer.code()).isEqualTo(ExitCode.USAGE.code());
        assertThat(answer.warnings()).singleElement().asString().contains("REFUSED");
        assertThat(answer.errors()).singleElement().asString().contains("no ZooKeeper server serves");
    }
}
