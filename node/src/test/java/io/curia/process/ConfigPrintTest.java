package io.curia.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.curia.cli.EnvironmentDefaults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** {@code node --print-config}: what a node would run with, and who said so. */
class ConfigPrintTest {

    @TempDir
    private Path scratch;

    private static Answer print(Map<String, String> environment, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "--print-config";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Answer answer = Answer.of(environment, all);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
        return answer;
    }

    private static String sourceOf(String line, Answer answer) {
        String before = "";
        for (String each : answer.out().lines().toList()) {
            if (each.equals(line)) {
                return before.replaceFirst(".*, from: ", "");
            }
            before = each;
        }
        throw new AssertionError("no line " + line + " in " + answer.out());
    }

    @Test
    void everySettingTellsWhoSaidIt() throws IOException {
        Path file = Files.writeString(scratch.resolve("node.conf"), "--port=8005 # here\n--tag=zone=a\n");

        Answer answer = print(Map.of("CURIA_CLUSTER", "billing", "CURIA_PORT", "9999"),
                "@" + file, "--id", "n1", "--tag", "rack=7", "--no-guests");

        assertThat(answer.arguments()).containsExactlyInAnyOrder("--id=n1", "--port=8005", "--tag=zone=a",
                "--tag=rack=7", "--cluster=billing", "--no-guests");
        assertThat(sourceOf("--id=n1", answer)).isEqualTo("command line");
        assertThat(sourceOf("--port=8005", answer)).isEqualTo("@" + file);
        assertThat(sourceOf("--tag=zone=a", answer)).isEqualTo("@" + file + " and command line");
        assertThat(sourceOf("--cluster=billing", answer)).isEqualTo("environment CURIA_CLUSTER");
        assertThat(sourceOf("#--session-timeout=10s", answer)).isEqualTo("default");
    }

    @Test
    void whatFollowsFromOtherSettingsIsShownAsItWillBe() {
        Answer answer = print(Map.of("XDG_STATE_HOME", "/var/state"), "--id", "n1",
                "--health-command", "true", "--health-interval", "3s");

        assertThat(answer.out()).contains("\n#--data-dir=/var/state/curia/nodes/curia/n1\n", "\n#--guests\n",
                "\n#--health-timeout=3000ms\n", "\n#--observer        (off)\n",
                "\n#--advertise=HOST:PORT        (not set)\n");
    }

    @Test
    void aFileMadeOfItSaysTheSame() throws IOException {
        String awkward = "sh -c \"test -e 'a b' # not \\\\ so\"";
        Map<String, String> said = Map.of("CURIA_HEALTH_COMMAND", awkward, "CURIA_ID", "n1",
                "CURIA_JOIN", "a:1,b:2", "CURIA_OBSERVER", "true", "CURIA_GUESTS", "false",
                "CURIA_TAG", "note=späte Zeit");
        Answer first = print(said);
        Path file = Files.writeString(scratch.resolve("node.conf"), first.out());

        Answer second = print(Map.of(), "@" + file);

        assertThat(second.arguments()).isEqualTo(first.arguments()).hasSize(6);
        CommandLine line = NodeMain.commandLine(new NodeCommand(Map.of()), Map.of(), "node");
        line.parseArgs("@" + file);
        assertThat(line.getParseResult().<String>matchedOptionValue("--health-command", "")).isEqualTo(awkward);
    }

    @Test
    void everyOptionThatHasAVariableIsInIt() {
        Answer answer = print(Map.of());

        for (OptionSpec option : new CommandLine(new NodeCommand(Map.of())).getCommandSpec().options()) {
            if (!option.hidden() && EnvironmentDefaults.hasVariable(option)) {
                assertThat(answer.out()).contains("# " + EnvironmentDefaults.variableOf(option) + ", from: ");
            }
        }
        assertThat(answer.arguments()).isEmpty();
    }

    @Test
    void secretsAreNeverShown() throws IOException {
        Path auth = Files.writeString(scratch.resolve("auth"), "operator:very-secret-password");
        Path join = Files.writeString(scratch.resolve("join"), "another-very-secret-word");

        Answer answer = print(Map.of("CURIA_JAVA_OPTS", "-Dzookeeper.ssl.keyStore.password=very-secret-too"),
                "--auth-file", auth.toString(), "--join-secret-file", join.toString());

        assertThat(answer.arguments()).contains("--auth-file=" + auth, "--join-secret-file=" + join);
        assertThat(answer.out()).doesNotContain("very-secret");
    }

    @Test
    void wrongSettingsAreShownAsTheyStand() {
        Answer answer = print(Map.of("CURIA_CLUSTER", "no such name!"), "--id", "n1");

        assertThat(answer.arguments()).contains("\"--cluster=no such name!\"");
    }

    /** A variable that was exported once would keep every node from starting. */
    @Test
    void itIsAskedOnTheCommandLineOnly() {
        CommandLine line = NodeMain.commandLine(new NodeCommand(Map.of()), Map.of("CURIA_PRINT_CONFIG", "true",
                "CURIA_CHECK_CONFIG", "online"), "node");

        line.parseArgs();

        assertThat(line.getParseResult().<Boolean>matchedOptionValue("--print-config", false)).isFalse();
        assertThat(line.getCommandSpec().findOption("--print-config").<Boolean>getValue()).isFalse();
        assertThat(line.getCommandSpec().findOption("--check-config").<Object>getValue()).isNull();
    }
}
