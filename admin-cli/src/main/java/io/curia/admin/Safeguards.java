package io.curia.admin;

import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import java.time.Duration;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** The options between a change and regretting it. */
final class Safeguards {

    @Option(names = {"-y", "--yes"}, description = "Do not ask; needed where nobody can be asked.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Only say what would happen; exit with 0 if it is safe, 10 if not.")
    private boolean dryRun;

    @Option(names = "--if-epoch", paramLabel = "N",
            description = "Only if the cluster is still in epoch N; exit with 7 if not.")
    private Long ifEpoch;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "30s", converter = DurationConverter.class,
            description = "How long to wait for the outcome to show in the cluster (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    boolean isDryRun() {
        return dryRun;
    }

    OptionalLong ifEpoch() {
        return ifEpoch == null ? OptionalLong.empty() : OptionalLong.of(ifEpoch);
    }

    Duration timeout() {
        return timeout;
    }

    /** Returns whether nobody is to be asked, nor wants to be shown beforehand what is coming. */
    boolean isConfirmedBeforehand() {
        return yes;
    }

    /** Returns whether a person was asked and agreed, false if none needed asking; throws if it may not go on. */
    boolean asked(Terminal terminal) {
        if (yes) {
            return false;
        }
        ask(terminal);
        return true;
    }

    /** Asks whoever sits there whether to go on; throws unless somebody does and agrees. */
    static void ask(Terminal terminal) {
        if (!terminal.canAsk()) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED,
                    "nothing was changed: this needs a confirmation and nobody can be asked here; add --yes");
        }
        String answer = terminal.ask("Go on? [y/N] ").orElse("").strip();
        if (!answer.equalsIgnoreCase("y") && !answer.equalsIgnoreCase("yes")) {
            throw new CommandFailure(ExitCode.PRECONDITION_FAILED, "nothing was changed");
        }
    }
}
