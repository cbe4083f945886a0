package io.curia.admin;

import io.curia.admin.witness.Interviews;
import io.curia.admin.witness.Testimony;
import io.curia.cli.DurationConverter;
import io.curia.cli.ExitCode;
import io.curia.model.ClusterView;
import io.curia.model.Endpoint;
import io.curia.model.NodeId;
import io.curia.store.ClusterStore;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code can-stop}: is it safe to stop these nodes now? */
@Command(name = "can-stop", description = {
    "Say whether nodes can be stopped now, all of them at once, without leaving the cluster without a master: "
        + "'yes' (exits with 0) or 'no' (exits with 10). What speaks against it goes to stderr; -o wide and -o json "
        + "have every check.",
    "Two witnesses are heard: ZooKeeper, and every live node over TCP. Nothing is changed."},
        footer = {"", "Examples:",
            "  admin-cli can-stop n3",
            "  admin-cli can-stop n1 n2 --leave 2            two more must stay ready",
            "  admin-cli can-stop n3 && ssh host3 systemctl stop curia",
            "  admin-cli can-stop n3 -o json | jq -r '.failedChecks[].advice'"})
final class CanStopCommand implements Callable<Integer> {

    @Parameters(paramLabel = "ID", arity = "1..*", converter = IdConverter.class, description = "Whom to stop.")
    private List<NodeId> ids;

    @Option(names = "--leave", paramLabel = "N", defaultValue = "1",
            description = "How many must stay that are ready to be master (default: ${DEFAULT-VALUE}).")
    private int leave;

    @Option(names = "--ask-timeout", paramLabel = "TIME", defaultValue = "1s", converter = DurationConverter.class,
            description = "How long to wait for a node's answer (default: ${DEFAULT-VALUE}).")
    private Duration askTimeout;

    @Mixin
    private final OutputOptions output = new OutputOptions();
    @Mixin
    private final StoreOptions cluster = new StoreOptions();

    @Spec
    private CommandSpec command;

    private final Surroundings surroundings;

    CanStopCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (leave < 0) {
            throw new ParameterException(command.commandLine(), "--leave: " + leave + " (expected: 0 or more)");
        }
        return cluster.call(surroundings, this::decide);
    }

    private int decide(ClusterStore store) throws InterruptedException {
        ClusterView view = store.view();
        Map<NodeId, Endpoint> witnesses = new LinkedHashMap<>();
        StopDecision.witnesses(view).forEach(member -> witnesses.put(member.id(), member.address()));
        Map<NodeId, Testimony> heard = new Interviews(surroundings.nodes(), askTimeout).of(witnesses);
        Set<NodeId> meant = new LinkedHashSet<>(ids);
        StopReport report = new StopReport(view, meant, StopDecision.of(meant, leave, view, heard,
                surroundings.time().now()));
        print(report);
        return (report.isSafe() ? ExitCode.OK : ExitCode.NOT_SAFE).code();
    }

    /** The word alone is data; what else people want to know are words. */
    private void print(StopReport report) {
        if (output.format() != OutputFormat.TABLE) {
            output.print(report, surroundings.terminal());
            return;
        }
        report.failed().forEach(check -> surroundings.terminal().err().println(
                check.name() + ": " + check.detail() + "; " + check.advice()));
        surroundings.terminal().out().println(report.word());
        surroundings.terminal().out().flush();
    }
}
