package io.curia.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.curia.cli.ExitCode;
import io.curia.process.NodeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit for systemd: what systemd itself says of it, and that it knows the node's exit codes and times. */
class SystemdUnitTest {

    private static final Path UNIT = Path.of("src/dist/systemd/curia-node.service");
    /** In tenths, as systemd counts: 0 is a locked cell, 100 is a service that may do anything. */
    private static final int MOST_EXPOSED = 20;

    @TempDir
    private Path scratch;

    private static List<String> values(String key) throws IOException {
        Matcher matcher = Pattern.compile("(?m)^" + key + "=(.*)$").matcher(Files.readString(UNIT));
        assertThat(matcher.find()).as(key).isTrue();
        return Arrays.asList(matcher.group(1).split(" "));
    }

    private static long seconds(String key) throws IOException {
        return Long.parseLong(values(key).get(0).replaceFirst("s$", ""));
    }

    private String analyze(String... arguments) throws IOException, InterruptedException {
        assumeThat(Stream.of("/usr/bin/systemd-analyze", "/bin/systemd-analyze").map(Path::of))
                .as("systemd-analyze is installed").anyMatch(Files::isExecutable);
        Path said = scratch.resolve("said");
        Path unit = Files.writeString(scratch.resolve(UNIT.getFileName()),
                Files.readString(UNIT).replace("ExecStart=/opt/curia/node/bin/node", "ExecStart=/bin/sh"));
        Process process = new ProcessBuilder(Stream.concat(Stream.concat(Stream.of("systemd-analyze"),
                Arrays.stream(arguments)), Stream.of(unit.toString())).toList())
                .redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(said) + "exit code " + process.exitValue();
    }

    @Test
    void systemdFindsNothingWrongWithIt() throws Exception {
        assertThat(analyze("verify")).isEqualTo("exit code 0");
    }

    @Test
    void itMayDoLittle() throws Exception {
        assertThat(analyze("security", "--offline=true", "--threshold=" + MOST_EXPOSED)).endsWith("exit code 0");
    }

    @Test
    void whatCannotHelpIsNotTried() throws IOException {
        assertThat(values("Restart")).containsExactly("on-failure");
        assertThat(values("RestartPreventExitStatus")).containsExactlyInAnyOrder(
                Stream.of(ExitCode.USAGE, ExitCode.NOT_PERMITTED, ExitCode.JOIN_REFUSED, ExitCode.EVICTED)
                        .map(code -> Integer.toString(code.code())).toArray(String[]::new));
    }

    @Test
    void aNodeHasTimeToLeave() throws IOException {
        assertThat(seconds("TimeoutStopSec")).isGreaterThan(NodeOptions.yieldGraceSeconds() + 5);
    }

    /** A JVM compiles into memory that it then runs. */
    @Test
    void aJvmMayRunInIt() throws IOException {
        assertThat(Files.readAllLines(UNIT)).noneMatch(line -> line.startsWith("MemoryDenyWriteExecute"));
    }
}
