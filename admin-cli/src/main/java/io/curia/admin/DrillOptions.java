package io.curia.admin;

import io.curia.admin.drill.CommandTemplate;
import io.curia.admin.drill.Fault;
import io.curia.admin.drill.Hands;
import io.curia.admin.drill.Processes;
import io.curia.cli.DurationConverter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a drill does and how. */
final class DrillOptions {

    private static final int MOST_ROUNDS = 10_000;

    @Option(names = {"-n", "--rounds"}, paramLabel = "N", defaultValue = "5",
            description = "How many rounds (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--slo", paramLabel = "TIME", converter = DurationConverter.class,
            description = "The objective: no round may be longer without a valid master; exit with 11 if one is.")
    private Duration objective;

    @Option(names = "--pause", paramLabel = "TIME", defaultValue = "1s", converter = DurationConverter.class,
            description = "How long to wait between rounds (default: ${DEFAULT-VALUE}).")
    private Duration pause;

    @Option(names = "--every", paramLabel = "TIME", defaultValue = "1ms", converter = DurationConverter.class,
            description = "How long each witness pauses after an answer (default: ${DEFAULT-VALUE}).")
    private Duration every;

    @Option(names = "--kill-command", paramLabel = "LINE", converter = TemplateConverter.class,
            description = "Kills or stops a node that is no process of this host. Run by 'sh -c', with {id}, {pid}, "
                    + "{host}, {address} and {epoch} filled in.")
    private CommandTemplate kill;

    @Option(names = "--start-command", paramLabel = "LINE", converter = TemplateConverter.class,
            description = "Starts it again; ':' if something else does.")
    private CommandTemplate start;

    @Option(names = "--freeze-command", paramLabel = "LINE", converter = TemplateConverter.class,
            description = "Freezes a node that is no process of this host.")
    private CommandTemplate freeze;

    @Option(names = "--resume-command", paramLabel = "LINE", converter = TemplateConverter.class,
            description = "Resumes it.")
    private CommandTemplate resume;

    @Option(names = "--force", description = "Also in a cluster that is degraded already.")
    private boolean force;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    boolean isForced() {
        return force;
    }

    DrillSettings settings(Fault fault, Duration timeout) {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new ParameterException(command.commandLine(),
                    "--rounds: " + rounds + " (expected: 1 to " + MOST_ROUNDS + ")");
        }
        if (every.isZero()) {
            throw new ParameterException(command.commandLine(), "--every: 0 (expected: at least 1ms)");
        }
        return new DrillSettings(fault, rounds, Optional.ofNullable(objective), timeout, pause, every);
    }

    Hands hands(Fault fault, Processes processes, Consumer<String> words) {
        return new Hands(fault, Optional.ofNullable(fault.keepsProcess() ? freeze : kill),
                Optional.ofNullable(fault.keepsProcess() ? resume : start), processes, words);
    }

    /** Reads command templates. */
    static final class TemplateConverter implements ITypeConverter<CommandTemplate> {

        @Override
        public CommandTemplate convert(String text) {
            try {
                return new CommandTemplate(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
