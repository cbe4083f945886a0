package io.curia.process;

import io.curia.model.Endpoint;
import io.curia.model.MemberStatus;
import io.curia.wire.AskTimeouts;
import io.curia.wire.BlockingNodeClient;
import io.curia.wire.NoAnswerException;
import io.curia.wire.message.MembersReply;
import io.curia.wire.message.MembersRequest;
import io.curia.wire.message.StatusReply;
import io.curia.wire.message.StatusRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The program {@code node}, started by its own launcher as a process that can be killed, frozen and asked. */
final class RunningNode implements AutoCloseable {

    /** A JVM's start, a session, a join, an election, on a machine that does much else. */
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path LAUNCHER = Path.of("bin/node").toAbsolutePath();
    private static final Pattern READY =
            Pattern.compile("(?m)^ready id=(\\S+) role=(\\S+) epoch=(\\d+) address=(\\S+)$");

    private final Process process;
    private final Path said;

    private RunningNode(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** Starts {@code node ARGUMENTS} with these variables; does not wait. */
    static RunningNode start(Path scratch, Map<String, String> variables, String... arguments) throws IOException {
        return start(scratch, List.of(), variables, arguments);
    }

    /** Does the same by a program that becomes the node, {@code within}. */
    static RunningNode start(Path scratch, List<String> within, Map<String, String> variables, String... arguments)
            throws IOException {
        Path said = Files.createTempFile(scratch, "node", ".err");
        List<String> command = new ArrayList<>(within);
        command.add(LAUNCHER.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(said.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("CURIA_"));
        builder.environment().put("CURIA_NO_BUILD", "1");
        builder.environment().put("XDG_STATE_HOME", scratch.resolve("state").toString());
        builder.environment().putAll(variables);
        return new RunningNode(builder.start(), said);
    }

    /** Returns this node once it has said that it is ready. */
    RunningNode awaitReady() {
        awaitSaid(READY);
        return this;
    }

    Endpoint address() {
        return Endpoint.parse(awaitSaid(READY).group(4));
    }

    /** Returns the first match of {@code pattern} in what it said, once there is one. */
    Matcher awaitSaid(Pattern pattern) {
        return Awaitility.await().atMost(PATIENCE).until(() -> {
            Matcher matcher = pattern.matcher(said());
            if (!process.isAlive() && !matcher.find()) {
                throw new AssertionError("the node ended with " + process.exitValue() + ": " + said());
            }
            return matcher.reset().find() ? Optional.of(matcher) : Optional.<Matcher>empty();
        }, Optional::isPresent).orElseThrow();
    }

    /** Returns what it has said so far; not what its launcher says to whoever is the first of all. */
    String said() throws IOException {
        return Files.readString(said, StandardCharsets.UTF_8).replaceFirst("node: preparing a class archive.*\\R", "");
    }

    /** Returns what the node says of itself now; empty if it does not answer. */
    Optional<StatusReply> status() {
        try {
            return BlockingNodeClient.ask(address(), new StatusRequest(), AskTimeouts.of(Duration.ofSeconds(2)))
                    .as(StatusReply.class);
        } catch (NoAnswerException e) {
            return Optional.empty();
        }
    }

    /** Returns how many live members this node has seen in its last view of the cluster. */
    int membersSeen() {
        try {
            return BlockingNodeClient.ask(address(), MembersRequest.first(), AskTimeouts.of(Duration.ofSeconds(2)))
                    .as(MembersReply.class)
                    .map(reply -> (int) reply.members().stream()
                            .filter(member -> member.status() == MemberStatus.LIVE).count())
                    .orElse(0);
        } catch (NoAnswerException e) {
            return 0;
        }
    }

    RunningNode awaitMaster() {
        Awaitility.await().atMost(PATIENCE).until(() -> status().filter(StatusReply::valid).isPresent());
        return this;
    }

    /** Sends a signal: TERM, KILL, STOP, CONT, INT. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
    }

    /** Returns the exit code once the process has ended. */
    int awaitExit() throws InterruptedException, IOException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the node did not end; it said: " + said());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        // SIGKILL ends a frozen process too.
        process.destroyForcibly().onExit().join();
    }
}
