package io.curia.admin;

import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Pause;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pause}: nobody becomes master by itself for a time. */
@Command(name = "pause", description = {
    "For a time nobody becomes master by itself, and nobody is removed for being found dead. The master stays master.",
    "If it dies, leaves or loses its session meanwhile, the cluster is WITHOUT A MASTER until the pause ends, by "
        + "itself or with 'resume', or somebody is named with 'switchover --force'. Pausing again replaces the "
        + "pause."},
        footer = {"", "Examples:",
            "  admin-cli pause --for 30m --reason 'switch upgrade in rack 4'",
            "  admin-cli resume                      before its time",
            "  admin-cli members                     says for how long and why, as long as it lasts"})
final class PauseCommand implements Callable<Integer> {

    private static final Duration LONGEST = Duration.ofDays(7);

    @Option(names = "--for", paramLabel = "TIME", required = true, converter = DurationConverter.class,
            description = "How long: like 30m, 2h; at most 7d. It ends by itself.")
    private Duration length;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "30s", converter = DurationConverter.class,
            description = "How long to wait for the outcome to show in the cluster (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin
    private final Signature signature = new Signature();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();
    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    PauseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (length.isZero() || length.compareTo(LONGEST) > 0) {
            throw new ParameterException(command.commandLine(), "--for: " + Age.spell(length)
                    + " (expected: more than nothing, at most " + Age.spell(LONGEST) + ")");
        }
        Instant now = surroundings.time().now().truncatedTo(ChronoUnit.MILLIS);
        Pause pause = new Pause(now.plus(length), signature.actor(surroundings.environment()), signature.reason(), now);
        return cluster.call(surroundings, store -> {
            store.cluster();
            ClusterView after = new Pausing(store, surroundings.time()).pause(pause, timeout);
            surroundings.terminal().err().println("paused for " + Age.spell(length) + ", until "
                    + Age.exactly(pause.until()) + "; end it before with 'admin-cli resume'");
            output.print(new MembersReport(after, surroundings.time().now()), surroundings.terminal());
            return ExitCode.OK.code();
        });
    }
}
