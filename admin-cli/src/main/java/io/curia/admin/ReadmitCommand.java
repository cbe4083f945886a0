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

/** {@code readmit}: lets evicted nodes in again. */
@Command(name = "readmit", description = {
    "Let evicted nodes in again; an evicted node has stopped: start it again afterwards.",
    "A node that is held back for losing mastership again and again is forgiven. Does nothing to others."},
        footer = {"", "Examples:",
            "  admin-cli readmit n3 --reason 'disk replaced'",
            "  admin-cli readmit $(admin-cli evictions -o name)"})
final class ReadmitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", converter = IdConverter.class, description = "Whom to readmit.")
    private List<NodeId> ids;

    @Option(names = "--timeout", paramLabel = "TIME", defaultValue = "30s", converter = DurationConverter.class,
            description = "How long to wait for the outcome to show in the cluster (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Mixin
    private final Signature signature = new Signature();
    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();

    private final Surroundings surroundings;

    ReadmitCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        String actor = signature.actor(surroundings.environment());
        String reason = signature.reason();
        return cluster.call(surroundings, store -> {
            Readmission readmission = new Readmission(store, surroundings.time(), ids, actor, reason);
            ClusterView after = readmission.reach(timeout);
            surroundings.terminal().err().println(readmission.words());
            output.print(new MembersReport(after, surroundings.time().now()), surroundings.terminal());
            return ExitCode.OK.code();
        });
    }
}
