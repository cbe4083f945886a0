package io.curia.admin;

import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code undrain}: lets drained nodes stand for election again. */
@Command(name = "undrain", description = {
    "Let drained nodes stand for election again. Does nothing to a node that is not drained.",
    "Reported as done once those that are up and healthy queue again. Nobody steps down for them."},
        footer = {"", "Examples:",
            "  admin-cli undrain n1"})
final class UndrainCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", converter = IdConverter.class, description = "Whom to undrain.")
    private List<NodeId> ids;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "30s", converter = DurationConverter.class,
            description = "How long to wait for the outcome to show in the cluster (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();

    private final Surroundings surroundings;

    UndrainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return cluster.call(surroundings, store -> {
            Undraining undraining = new Undraining(store, surroundings.time(), ids);
            ClusterView after = undraining.reach(timeout);
            surroundings.terminal().err().println(undraining.words());
            output.print(new MembersReport(after, surroundings.time().now()), surroundings.terminal());
            return ExitCode.OK.code();
        });
    }
}
