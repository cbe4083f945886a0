package io.curia.admin;

import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that repeats a report until interrupted. */
final class WatchOptions {

    private static final Duration SHORTEST = Duration.ofMillis(100);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    private Optional<Duration> interval = Optional.empty();

    @Option(names = {"-w", "--watch"}, paramLabel = "INTERVAL", arity = "0..1", fallbackValue = "2s",
            converter = DurationConverter.class,
            description = "Look again every INTERVAL (2s unless given) until Ctrl-C: redrawn in place on a terminal, "
                    + "one document for every change in a pipe.")
    void setInterval(Duration wanted) {
        if (wanted != null && wanted.compareTo(SHORTEST) < 0) {
            throw new ParameterException(command.commandLine(),
                    "--watch: " + wanted.toMillis() + "ms would burden ZooKeeper (expected: at least 100ms)");
        }
        interval = Optional.ofNullable(wanted);
    }

    boolean isOn() {
        return interval.isPresent();
    }

    /** Prints what {@code read} returns, once, or until nobody reads it any more; returns the exit code then. */
    int show(Supplier<Report> read, OutputOptions output, Surroundings surroundings) throws InterruptedException {
        return show(read, output, surroundings, "ZooKeeper");
    }

    /** As {@link #show(Supplier, OutputOptions, Surroundings)}, of a source that a person calls by this name. */
    int show(Supplier<Report> read, OutputOptions output, Surroundings surroundings, String source)
            throws InterruptedException {
        if (isOn()) {
            return new Watch(surroundings, output.format(), interval.get(), source)
                    .run(() -> output.selected(read.get()));
        }
        output.print(read.get(), surroundings.terminal());
        return ExitCode.OK.code();
    }
}
